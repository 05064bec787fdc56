"""NFC by Python's standard library, in pieces as kernel-benchmarks makes them.

normalize.py INPUT
"""

import sys
import unicodedata

from reporting import Timed, report

PIECE, PASSES = 1 << 16, 20
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
good = 0
with Timed() as timed:
    for piece in pieces:
        for _ in range(PASSES):
            good += unicodedata.normalize("NFC", piece) == piece
timed.cpu_seconds /= PASSES
report(timed, f"{good // PASSES} of {len(pieces)} pieces")
