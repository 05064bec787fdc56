"""The charset of each file.

detect_charsets.py chardet|charset_normalizer LIST OUTPUT-FOLDER

LIST has a line for each file: an id, a tab, a path, a tab, and what stands before the file's bytes.
"""

import json
import sys
from pathlib import Path

from reporting import Timed, report

peer, listing, out = sys.argv[1:4]
files = []
for line in open(listing):
    identity, path, prefix = line.rstrip("\n").split("\t")
    files.append((identity, bytes.fromhex(prefix) + Path(path).read_bytes()))

if peer == "chardet":
    import chardet

    def detect(data: bytes) -> str | None:
        return chardet.detect(data)["encoding"]
else:
    from charset_normalizer import from_bytes

    def detect(data: bytes) -> str | None:
        best = from_bytes(data).best()
        return best.encoding if best else None


with Timed() as timed:
    found = [(identity, detect(data)) for identity, data in files]
with open(Path(out) / "documents.jsonl", "w") as file:
    for identity, charset in found:
        file.write(json.dumps({"id": identity, "metadata": {"charset": charset}}) + "\n")
report(timed)
