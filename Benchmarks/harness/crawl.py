"""Documents as the records of a crawl: WET conversions, or WARC responses with pages."""

import html
import uuid

DATE = "2026-01-01T00:00:00Z"
PLACES = ("home", "news", "archive", "about", "contact", "terms")
NAVIGATION = "".join(f'<li><a href="/{name}/">{name.title()}</a></li>' for name in PLACES)
SCRIPT = "window.q=window.q||[];function track(e){q.push(e);if(q.length>9){q.shift()}}"


def record(headers: list[tuple[str, str]], body: bytes) -> bytes:
    lines = ["WARC/1.0", *(f"{name}: {value}" for name, value in headers)]
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode()
    return head + body + b"\r\n\r\n"


def identified(kind: str, identity: str) -> list[tuple[str, str]]:
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}:{identity}")
    return [
        ("WARC-Type", kind),
        ("WARC-Date", DATE),
        ("WARC-Record-ID", f"<urn:uuid:{number}>"),
        ("WARC-Target-URI", f"https://pages.example/{identity}"),
    ]


def warcinfo() -> bytes:
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Date", DATE),
        ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'warcinfo')}>"),
        ("Content-Type", "application/warc-fields"),
    ]
    return record(headers, b"software: gristmill benchmark\r\nformat: WARC File Format 1.0\r\n")


def conversion(document: dict) -> tuple[bytes, int]:
    """A WET record, and the bytes of its text."""
    text = document["text"].encode()
    headers = identified("conversion", document["id"]) + [("Content-Type", "text/plain")]
    return record(headers, text), len(text)


def response(document: dict) -> tuple[bytes, int]:
    """A WARC record with HTTP headers and a page, and the bytes of the page."""
    title, *paragraphs = (html.escape(part) for part in document["text"].split("\n\n"))
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title[:80]}</title>'
        f"<script>{SCRIPT}</script></head>\n<body><nav><ul>{NAVIGATION}</ul></nav>\n<main><h1>{title}"
        "</h1>\n" + "\n".join(f"<p>{part}</p>" for part in paragraphs) + "\n</main></body></html>\n"
    ).encode()
    http = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(page)}\r\n\r\n"
    ).encode()
    headers = identified("response", document["id"])
    headers += [("Content-Type", "application/http; msgtype=response")]
    return record(headers, http + page), len(page)
