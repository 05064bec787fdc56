"""rensa's signatures of texts in memory: words by a regular expression, word 5-shingles, 112 hashes.

sign_rensa.py INPUT.jsonl.zst
"""

import sys

import rensa
from reporting import Timed, documents, report
from shingles import shingles

texts = [document["text"] for document in documents(sys.argv[1])]
signed = 0
with Timed() as timed:
    for start in range(0, len(texts), 256):
        runs = [list(shingles(text)) for text in texts[start : start + 256]]
        signed += len(list(rensa.RMinHash.from_token_sets(runs, 112, 42)))
report(timed, f"{signed} of {len(texts)} texts")
