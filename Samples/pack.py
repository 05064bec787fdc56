#!/usr/bin/env python3
"""Packs Samples/sources into Samples/crawl, and writes the tables that say what it holds.

    python3 Samples/pack.py            write crawl/, expected.tsv, charsets.tsv and the table in README.md
    python3 Samples/pack.py --check    exit 1 when any of them is not what the sources give

Needs Python 3.9 and the zstd command. Same sources, same bytes; because another version of zlib or
zstd may compress the same bytes differently, --check compares compressed files member by member
after decompression.
"""

import base64
import gzip
import hashlib
import html
import json
import re
import string
import subprocess
import sys
import unicodedata
import uuid
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SOURCES, LAYOUTS, CRAWL = ROOT / "sources", ROOT / "layouts", ROOT / "crawl"
WARC_FILES = ("pages.warc.gz", "more-pages.warc")
WET_FILE = "conversions.warc.wet.gz"
JSON_FILES = ("articles.jsonl.zst", "articles.jsonl.gz", "notes.jsonl")
HEADERS = {
    "title", "language", "kind", "outcome", "group", "note", "file", "url", "charset", "page",
    "form", "misleading", "transfer", "coding", "text-of", "lines",
}
OUTCOMES = ("kept", "dropped", "duplicate", "failed")
ISO_639_3 = {
    "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fr": "fra", "ja": "jpn", "pl": "pol",
    "ru": "rus", "zh": "zho",
}
WORDS = json.loads((LAYOUTS / "words.json").read_text(encoding="utf-8"))
# What the byte encoding is called here, where that is not what Python calls it.
CODECS = {"gb18030": "gb18030", "shift_jis": "cp932", "euc-jp": "euc_jp", "utf-16le": "utf-16-le"}
# The names of the WHATWG Encoding Standard, which reads these labels as supersets.
STANDARD_NAMES = {"iso-8859-1": "windows-1252"}


# --- Sources -------------------------------------------------------------------------------------


class Page:
    """One source file: its headers and, under the empty line, its text or HTML."""

    def __init__(self, path):
        self.path, self.name = path, path.stem
        head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        self.body = body.rstrip("\n")
        self.headers = dict(line.split(": ", 1) for line in head.rstrip("\n").split("\n"))
        unknown = set(self.headers) - HEADERS
        if unknown:
            sys.exit(f"{path}: unknown header {', '.join(sorted(unknown))}")
        if self["charset"] and page_charset(self)[1] not in ("http", "meta", "bom", "none"):
            sys.exit(f"{path}: charset is declared by http, meta, bom or none")
        if self["outcome"] not in OUTCOMES:
            sys.exit(f"{path}: outcome is one of {', '.join(OUTCOMES)}")
        if (self["outcome"] == "duplicate") != bool(self["group"]):
            sys.exit(f"{path}: a duplicate, and nothing else, names its group")

    def __getitem__(self, header):
        return self.headers.get(header, "")

    @property
    def uuid(self):
        return uuid.uuid5(uuid.NAMESPACE_URL, f"https://gristmill.example/samples/{self.name}")

    @property
    def date(self):
        """A date in 2024 that depends on the name alone."""
        seconds = self.uuid.int % (366 * 86400)
        day, clock = divmod(seconds, 86400)
        month = 0
        for month, length in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1):
            if day < length:
                break
            day -= length
        hours, minutes = clock // 3600, clock // 60 % 60
        return f"2024-{month:02}-{day + 1:02}T{hours:02}:{minutes:02}:{clock % 60:02}Z"

    def blocks(self):
        """Headings, list items and paragraphs as (kind, text), with wrapped lines joined."""
        if self["lines"] == "as they are":
            return [("lines", self.body)]
        joint = "" if self["language"] in ("ja", "zh") else " "
        blocks = []
        for block in self.body.split("\n\n"):
            lines = block.split("\n")
            if all(line.startswith("- ") for line in lines):
                blocks += [("item", line[2:]) for line in lines]
            elif lines[0].startswith("## "):
                blocks.append(("heading", lines[0][3:]))
            else:
                blocks.append(("paragraph", joint.join(line.strip() for line in lines)))
        return blocks

    def text(self):
        """The page as plain text: the title, then the blocks."""
        parts, previous = [self["title"]], "paragraph"
        for kind, text in self.blocks():
            parts.append("\n" if kind == previous == "item" else "\n\n")
            parts.append("- " + text if kind == "item" else text)
            previous = kind
        text = "".join(parts)
        if self["form"] == "nfd":
            return unicodedata.normalize("NFD", text)
        return text.replace("\n", "\r\n") if self["form"] == "crlf" else text


def read_sources():
    pages = {path.stem: Page(path) for path in sorted(SOURCES.iterdir())}
    for page in pages.values():
        if page["text-of"]:
            original = pages[page["text-of"]]
            page.body = original.body
            for header in ("title", "lines"):
                if original[header]:
                    page.headers[header] = original[header]
    # The order of the records mixes languages and kinds, and does not change when a page is added.
    return sorted(pages.values(), key=lambda page: page.uuid)


# --- HTML ----------------------------------------------------------------------------------------


def page_charset(page):
    charset, _, declared = page["charset"].partition(" ")
    return charset, declared


def html_body(page):
    parts, previous = [], ""
    old_style = page["page"] in ("table", "plain")
    for kind, text in page.blocks():
        escaped = html.escape(text, quote=False)
        if previous == "item" and kind != "item":
            parts.append("</ul>")
        if kind == "item":
            parts += ["<ul>"] * (previous != "item") + [f"<li>{escaped}</li>"]
        elif kind == "heading":
            parts.append(f"<h2>{escaped}</h2>")
        elif kind == "lines":
            parts.append(f"<pre>{escaped}</pre>")
        else:
            parts.append(f"<p>{escaped}" + ("" if old_style else "</p>"))
        previous = kind
    return "\n".join(parts + ["</ul>"] * (previous == "item"))


def html_page(page):
    """The encoded bytes of the page in its layout, as the server would send them."""
    charset, declared = page_charset(page)
    label = page["misleading"] or (charset if declared == "meta" else "")
    if page.path.suffix == ".html":
        markup = page.body + "\n"
    else:
        meta = f'<meta charset="{label}">\n' if label else ""
        if label and page["page"] in ("table", "plain"):
            meta = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={label}">\n'
        layout = string.Template((LAYOUTS / f"{page['page']}.html").read_text(encoding="utf-8"))
        markup = layout.substitute(
            WORDS[page["language"]], language=page["language"], meta=meta,
            title=html.escape(page["title"], quote=False), body=html_body(page))
    if declared == "bom":
        markup = "\ufeff" + markup
    return markup.encode(CODECS.get(charset, charset), "xmlcharrefreplace")


# --- WARC ----------------------------------------------------------------------------------------


def record(kind, identifier, date, content_type, block, extra=()):
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Date: {date}",
        f"WARC-Record-ID: <urn:uuid:{identifier}>", *extra,
        f"Content-Type: {content_type}", f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http_message(start, headers, payload):
    return "\r\n".join([start, *headers]).encode() + b"\r\n\r\n" + payload


def response(identifier, date, url, status, headers, payload):
    digest = base64.b32encode(hashlib.sha1(payload).digest()).decode()
    block = http_message(f"HTTP/1.1 {status}", headers, payload)
    extra = [f"WARC-Target-URI: {url}", f"WARC-Payload-Digest: sha1:{digest}"]
    return record("response", identifier, date, "application/http; msgtype=response", block, extra)


def page_response(page):
    charset, declared = page_charset(page)
    content_type = "text/html" + (f"; charset={charset}" if declared == "http" else "")
    headers, payload = [f"Content-Type: {content_type}", "Server: samples"], html_page(page)
    if page["coding"] == "gzip":
        headers.append("Content-Encoding: gzip")
        payload = gzip_member(payload)
    if page["transfer"] == "chunked":
        headers.append("Transfer-Encoding: chunked")
        cuts = [payload[i:i + 700] for i in range(0, len(payload), 700)] + [b""]
        payload = b"".join(b"%x\r\n%s\r\n" % (len(cut), cut) for cut in cuts)
    else:
        headers.append(f"Content-Length: {len(payload)}")
    return response(page.uuid, page.date, page["url"], "200 OK", headers, payload)


def identifier(name):
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://gristmill.example/samples/#{name}")


def warcinfo(file):
    block = f"software: Samples/pack.py\r\nformat: WARC File Format 1.0\r\nfilename: {file}\r\n"
    return record("warcinfo", identifier(file), "2024-01-01T00:00:00Z",
                  "application/warc-fields", block.encode(), [f"WARC-Filename: {file}"])


def request(page):
    path = page["url"].split(".example", 1)[1]
    host = page["url"].split("/")[2]
    block = http_message(f"GET {path} HTTP/1.1", [f"Host: {host}", "Accept: text/html"], b"")
    return record("request", identifier("request " + page.name), page.date,
                  "application/http; msgtype=request", block, [f"WARC-Target-URI: {page['url']}"])


def records_that_are_no_documents():
    """What every crawl holds besides pages: a reader passes over it."""
    date = "2024-06-30T12:00:00Z"
    missing = b"<html><title>404</title><h1>Not Found</h1><p>There is no such page here.</html>"
    pixel = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
    yield response(identifier("missing"), date, "https://notebook.example/gone", "404 Not Found",
                   ["Content-Type: text/html", f"Content-Length: {len(missing)}"], missing)
    yield response(identifier("moved"), date, "https://notebook.example/old",
                   "301 Moved Permanently", ["Location: /en/tides", "Content-Length: 0"], b"")
    yield response(identifier("pixel"), date, "https://counter.example/p.gif", "200 OK",
                   ["Content-Type: image/gif", f"Content-Length: {len(pixel)}"], pixel)
    yield record("metadata", identifier("metadata"), date, "application/warc-fields",
                 b"fetchTimeMs: 182\r\n", ["WARC-Target-URI: https://notebook.example/en/tides"])


def warc_records(file, pages):
    records = [warcinfo(file)]
    for number, page in enumerate(pages):
        if number % 10 == 0:
            records.append(request(page))
        records.append(page_response(page))
    if file == "pages.warc.gz":
        records[20:20] = records_that_are_no_documents()
    return records


def wet_records(pages):
    records = [warcinfo(WET_FILE)]
    for page in pages:
        extra = [
            f"WARC-Target-URI: {page['url']}",
            f"WARC-Refers-To: <urn:uuid:{identifier('response ' + page.name)}>",
            f"WARC-Identified-Content-Language: {ISO_639_3[page['language']]}",
        ]
        records.append(record("conversion", page.uuid, page.date, "text/plain",
                              (page.text() + "\n").encode(), extra))
    return records


# --- JSON lines ----------------------------------------------------------------------------------


def json_line(page):
    if page["outcome"] == "failed":
        return page.body.encode() + b"\n"
    document = {"id": page.name, "text": page.text()}
    if page["file"] == "articles.jsonl.gz":
        metadata = {"url": page["url"], "language": page["language"]}
        document |= {"source": "articles", "created": page.date, "metadata": metadata}
    else:
        document |= {"url": page["url"], "created": page.date}
    return json.dumps(document, ensure_ascii=page["file"] == "notes.jsonl").encode() + b"\n"


# --- Compression and files -----------------------------------------------------------------------


def gzip_member(data):
    """One member, without time stamp or name."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def zstd_frame(data):
    command = ["zstd", "-19", "--single-thread", "--no-progress", "-c"]
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def halves(pieces):
    middle = len(pieces) // 2
    return [b"".join(pieces[:middle]), b"".join(pieces[middle:])]


def pack(pages):
    """Every file of the crawl as the list of its parts: members, frames or the plain bytes."""
    by_file = {}
    for page in pages:
        by_file.setdefault(page["file"], []).append(page)
    parts = {}
    for file in WARC_FILES:
        parts[file] = warc_records(file, by_file[file])
    parts[WET_FILE] = wet_records(by_file[WET_FILE])
    for file in JSON_FILES:
        parts[file] = halves([json_line(page) for page in by_file[file]])
    if set(by_file) != set(parts):
        sys.exit(f"no such file in the crawl: {set(by_file) - set(parts)}")
    return parts


def compress(file, parts):
    if file.endswith(".gz"):
        return b"".join(gzip_member(part) for part in parts)
    if file.endswith(".zst"):
        return b"".join(zstd_frame(part) for part in parts)
    return b"".join(parts)


def gzip_members(data):
    members = []
    while data:
        inflater = zlib.decompressobj(wbits=31)
        members.append(inflater.decompress(data))
        data = inflater.unused_data
    return members


def holds(file, data, parts):
    """Whether the bytes of a packed file decompress to these parts."""
    if file.endswith(".gz"):
        return gzip_members(data) == parts
    if file.endswith(".zst"):
        command = ["zstd", "-d", "--no-progress", "-c"]
        data = subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout
    return data == b"".join(parts)


# --- Tables --------------------------------------------------------------------------------------


def document_id(page, line_numbers):
    """What a reader of the crawl calls the document, or where a record that failed is found."""
    if page["outcome"] == "failed":
        return f"{page['file']}:{line_numbers[page.name]}"
    return page.name if page["file"] in JSON_FILES else f"urn:uuid:{page.uuid}"


def tables(pages):
    lines, counts = {}, {}
    for page in pages:
        counts[page["file"]] = lines[page.name] = counts.get(page["file"], 0) + 1
    rows, charsets = [], []
    for page in sorted(pages, key=lambda page: page.name):
        name = document_id(page, lines)
        rows.append((name, f"sources/{page.path.name}", page["language"], page["kind"],
                     page["outcome"], page["group"] or page["note"]))
        if page["file"] in WARC_FILES:
            charset, declared = page_charset(page)
            charset = STANDARD_NAMES.get(charset, charset)
            if declared == "none" and html_page(page).isascii():
                charset = "ascii"
            charsets.append((name, f"sources/{page.path.name}", charset, declared))
    return rows, charsets


def tsv(header, rows):
    return "\n".join("\t".join(row) for row in [header, *rows]) + "\n"


def summary(pages):
    """The table of README.md: one row a kind and outcome."""
    groups = {}
    for page in pages:
        key = (OUTCOMES.index(page["outcome"]), page["kind"])
        groups.setdefault(key, []).append(page)
    lines = ["| outcome | kind | pages | which |", "|---|---|--:|---|"]
    for (outcome, kind), members in sorted(groups.items()):
        names = " ".join(f"`{page.name}`" for page in sorted(members, key=lambda page: page.name))
        lines.append(f"| {OUTCOMES[outcome]} | {kind} | {len(members)} | {names} |")
    total = " · ".join(
        f"{outcome} {sum(page['outcome'] == outcome for page in pages)}" for outcome in OUTCOMES)
    lines.append(f"| | **all** | **{len(pages)}** | {total} |")
    return "\n".join(lines)


def readme(pages):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    marks = r"(<!-- table: written by pack\.py -->\n).*?(\n<!-- end of table -->)"
    table = summary(pages)
    return re.sub(marks, lambda match: match[1] + table + match[2], text, flags=re.DOTALL)


def main():
    pages = read_sources()
    parts = pack(pages)
    rows, charsets = tables(pages)
    texts = {
        ROOT / "expected.tsv": tsv(
            ("id", "source-file", "language", "kind", "outcome", "note"), rows),
        ROOT / "charsets.tsv": tsv(("id", "source-file", "charset", "declared"), charsets),
        ROOT / "README.md": readme(pages),
    }
    if sys.argv[1:] == ["--check"]:
        wrong = [path.name for path, text in texts.items()
                 if not path.exists() or path.read_text(encoding="utf-8") != text]
        wrong += [file for file, content in parts.items()
                  if not (CRAWL / file).exists()
                  or not holds(file, (CRAWL / file).read_bytes(), content)]
        strays = {path.name for path in CRAWL.iterdir()} - set(parts)
        if wrong or strays:
            sys.exit("not what the sources give: " + " ".join(sorted({*wrong, *strays}))
                     + "\nrun: python3 Samples/pack.py")
        print(f"{len(parts)} files hold what {len(pages)} sources give")
        return
    if sys.argv[1:]:
        sys.exit(__doc__)
    CRAWL.mkdir(exist_ok=True)
    for file, content in parts.items():
        (CRAWL / file).write_bytes(compress(file, content))
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
