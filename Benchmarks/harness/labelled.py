"""Files in known charsets, as a crawl without charset labels, and how many of them were read right.

Three counts: `text`, the file reads the same as in the labelled charset (in its Windows superset, where
the labelled one would leave C1 controls); `label`, the charset is the labelled one; `superset`, or one
that holds it.
"""

import codecs
import json
import uuid
from pathlib import Path

from . import corpus, crawl

# WHATWG's and ICU's names that Python knows otherwise. Big5 and GBK are the supersets that WHATWG means.
PYTHON = {
    "x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman", "windows-874": "cp874", "euc-kr": "cp949",
    "shift_jis": "cp932", "big5": "big5hkscs", "gbk": "gb18030", "hz-gb-2312": "hz",
    "iso-8859-8-i": "iso8859_8",
}
WINDOWS = {
    "iso8859-1": "cp1252", "iso8859-2": "cp1250", "iso8859-4": "cp1257", "iso8859-7": "cp1253",
    "iso8859-8": "cp1255", "iso8859-9": "cp1254",
}
SUPERSETS = {
    ("ascii", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16", "utf-16-be"),
    ("utf-32", "utf-32-le"), ("utf-32", "utf-32-be"), ("big5", "big5hkscs"), ("euc_kr", "cp949"),
    ("shift_jis", "cp932"), ("tis-620", "cp874"), *WINDOWS.items(),
}


def folder() -> Path | None:
    text = corpus.real_text()
    found = text.parent / "unicode" if text else None
    return found if found and (found / "charset_truth.jsonl").exists() else None


def files(root: Path) -> list[tuple[dict, bytes]]:
    """Each labelled file that its label's codec decodes; an XML declaration would tell, so it is moved."""
    found = []
    for line in open(root / "charset_truth.jsonl"):
        truth = json.loads(line)
        path = root / truth["path"]
        if truth["ok"] and path.exists():
            data = path.read_bytes()
            found.append((truth, b"\n" + data if data.startswith(b"<?xml") else data))
    return found


def record(identity: str, data: bytes) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {len(data)}\r\n\r\n"
    headers = crawl.identified("response", identity)
    headers += [("Content-Type", "application/http; msgtype=response")]
    return crawl.record(headers, http.encode() + data)


def name(identity: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'response:{identity}')}"


def codec(label: str | None) -> str | None:
    try:
        return codecs.lookup(PYTHON.get(label.lower(), label)).name if label else None
    except LookupError:
        return None


def text(data: bytes, label: str | None) -> str | None:
    found = codec(label)
    return data.decode(found, "replace").lstrip("\ufeff") if found else None


def is_same_text(data: bytes, true: str, guess: str | None) -> bool:
    expected = text(data, true)
    found = text(data, guess)
    if found == expected:
        return True
    controls = any("\x80" <= letter <= "\x9f" for letter in expected)
    return controls and found == text(data, WINDOWS.get(codec(true)))


def judge(out: Path) -> str:
    """What a side wrote: JSON lines with `id` and `metadata.charset`."""
    guesses = {}
    for path in out.glob("*.jsonl"):
        for line in open(path):
            document = json.loads(line)
            guesses[document["id"]] = document["metadata"]["charset"]
    counts = {}
    for truth, data in files(folder()):
        guess = guesses.get(name(f"0/{truth['path']}"))
        true, found = codec(truth["codec"]), codec(guess)
        count = counts.setdefault(truth["set"], [0, 0, 0, 0])
        count[0] += 1
        count[1] += is_same_text(data, truth["codec"], guess)
        count[2] += true == found
        count[3] += true == found or (true, found) in SUPERSETS
    return "; ".join(
        f"{kind} {same}/{total} same text, {label} label, {superset} with supersets"
        for kind, (total, same, label, superset) in sorted(counts.items())
    )
