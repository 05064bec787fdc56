"""NFC by Python's standard library, from bytes to text, in pieces of 64 KiB.

normalize.py INPUT
"""

import sys
import unicodedata

from reporting import Timed, report

PIECE, PASSES = 1 << 16, 20
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
pieces = []
for start in range(0, len(text), PIECE):
    pieces.append(text[start : start + PIECE].encode())
good = 0
with Timed() as timed:
    for piece in pieces:
        for _ in range(PASSES):
            good += bool(unicodedata.normalize("NFC", piece.decode()))
timed.cpu_seconds /= PASSES
report(timed, f"{good // PASSES} of {len(pieces)} pieces")
