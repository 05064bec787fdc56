"""datatrove's signatures of texts in memory: its words, word 5-grams, 14 x 8 hashes of 64 bits.

sign_datatrove.py INPUT.jsonl.zst FOLDER
"""

import sys

from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig
from reporting import Timed, documents, report

texts = [document["text"] for document in documents(sys.argv[1])]
stage = MinhashDedupSignature(sys.argv[2], config=MinhashConfig())
stage.get_shingles("The words of a language are loaded when the first text comes.")
signed = 0
with Timed() as timed:
    for text in texts:
        if (shingles := stage.get_shingles(text)).size:
            stage.get_signature(shingles)
            signed += 1
report(timed, f"{signed} of {len(texts)} texts")
