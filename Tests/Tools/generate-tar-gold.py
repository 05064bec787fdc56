#!/usr/bin/env python3
"""Tar archives made by Python's tarfile and by hand, as Tests/DocumentsTests/Generated/TarGold.swift.

    python3 Tests/Tools/generate-tar-gold.py

Each case is a JSON line: a name, the archive (gzip and base64), and what tarfile reads from it: the
names, kinds and bytes of its members.
"""
import base64
import gzip
import io
import json
import pathlib
import random
import tarfile

OUTPUT = pathlib.Path(__file__).parents[1] / "DocumentsTests/Generated/TarGold.swift"
FORMATS = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}


def member(name, data=b"", kind=tarfile.REGTYPE, target=""):
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, len(data), target
    return info, data


def archive(members, form, **options):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=form, **options) as tar:
        for info, data in members:
            tar.addfile(info, io.BytesIO(data))
    return raw.getvalue()


def members(generator, form):
    long = "deep/" * 30 + "name.txt"
    texts = [b"x" * generator.choice([1, 511, 512, 513, 1024, 5000]) for _ in range(3)]
    result = [
        member("folder", kind=tarfile.DIRTYPE),
        member("folder/a.txt", b"A text.\nOf two lines.\n"),
        member("b.txt", texts[0]),
        member("empty.txt"),
        member("link", kind=tarfile.SYMTYPE, target="b.txt"),
        member("hard", kind=tarfile.LNKTYPE, target="b.txt"),
        member("pipe", kind=tarfile.FIFOTYPE),
        member("README", texts[1]),
        member("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(generator.randrange(256) for _ in range(700))),
        member("page.html", b"<html><p>a page</p></html>"),
    ]
    if form != tarfile.USTAR_FORMAT:
        result.append(member(long, texts[2]))
        result.append(member("\u00fcml\u00e4ut-" + "n" * 120 + ".txt", b"named"))
    else:
        result.append(member("prefix" * 15 + "/" + "n" * 60 + ".txt", b"prefixed"))
    generator.shuffle(result)
    return result


def read(raw):
    found = []
    with tarfile.open(fileobj=io.BytesIO(raw), ignore_zeros=False) as tar:
        for info in tar:
            data = tar.extractfile(info).read() if info.isreg() else b""
            kind = "file" if info.isreg() else "directory" if info.isdir() else "link" if info.issym() or info.islnk() else "device"
            found.append({"name": info.name, "kind": kind, "data": base64.b64encode(data).decode()})
    return found


def main():
    generator = random.Random(20261121)
    lines = []
    for round in range(4):
        for name, form in FORMATS.items():
            raw = archive(members(generator, form), form)
            packed = base64.b64encode(gzip.compress(raw, mtime=0)).decode()
            lines.append(json.dumps({"name": f"{name}-{round}", "archive": packed, "members": read(raw)}))
    OUTPUT.write_text(
        "/// Written by Tests/Tools/generate-tar-gold.py from what Python's tarfile writes and reads.\n"
        "enum TarGold {\n"
        '  static let lines = ##"""\n' + "".join(f"    {line}\n" for line in lines) + '    """##\n}\n')


if __name__ == "__main__":
    main()
