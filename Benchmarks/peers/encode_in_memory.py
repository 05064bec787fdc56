"""Texts in memory to ids, one thread: the first pass of a new tokenizer, or those after it.

    encode_in_memory.py tiktoken|gigatoken INPUT.jsonl.zst NAME_base.tiktoken cold|warm

The split pattern is that of the file's name.
"""

import base64
import os
import sys

from patterns import OF_TIKTOKEN_FILES
from reporting import Timed, documents, report

WARM_PASSES = 3

peer, path, vocabulary, state = sys.argv[1:5]
texts = [document["text"] for document in documents(path)]
if peer == "tiktoken":
    import tiktoken

    with open(vocabulary, "rb") as file:
        ranks = {base64.b64decode(a): int(b) for a, b in map(bytes.split, file)}
    pattern = OF_TIKTOKEN_FILES[os.path.basename(vocabulary).split("_")[0]]
    encode = tiktoken.Encoding(
        "benchmark", pat_str=pattern, mergeable_ranks=ranks, special_tokens={}
    ).encode_ordinary
else:
    import gigatoken

    # One text after the other, as bytes, is its quickest way from memory; its batches are slower.
    encode = gigatoken.Tokenizer.from_tiktoken(vocabulary).encode
    texts = [text.encode() for text in texts]


def encode_all() -> int:
    count = 0
    for text in texts:
        count += len(encode(text))
    return count


with Timed() as timed:
    count = encode_all()
if state == "warm":
    with Timed() as timed:
        for _ in range(WARM_PASSES):
            encode_all()
    timed.cpu_seconds /= WARM_PASSES
report(timed, f"{count} tokens")
