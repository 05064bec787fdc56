"""JSON lines in zstd with orjson and zstandard: the least a Python program must do.

read_lines.py INPUT.jsonl.zst
"""

import sys

from reporting import Timed, documents, report

count = 0
with Timed() as timed:
    for document in documents(sys.argv[1]):
        count += bool(document["text"])
report(timed, f"{count} documents")
