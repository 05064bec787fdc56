"""Documents to ids, one thread. Reading the documents and writing the ids is not counted here.

    encode.py tiktoken|tokenizers|gigatoken INPUT.jsonl.zst VOCABULARY FOLDER

VOCABULARY is a .tiktoken file for tiktoken, else a tokenizer.json.
"""

import array
import base64
import os
import sys

from patterns import TIKTOKEN
from reporting import Timed, documents, report

peer, path, vocabulary, out = sys.argv[1:5]
texts = [document["text"] for document in documents(path)]
if peer == "tiktoken":
    import tiktoken

    with open(vocabulary, "rb") as file:
        ranks = {base64.b64decode(a): int(b) for a, b in map(bytes.split, file)}
    encoding = tiktoken.Encoding(
        "benchmark", pat_str=TIKTOKEN, mergeable_ranks=ranks, special_tokens={}
    )
    with Timed() as timed:
        encoded = [encoding.encode_ordinary(text) for text in texts]
elif peer == "tokenizers":
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(vocabulary)
    encoded = []
    with Timed() as timed:
        for start in range(0, len(texts), 1000):
            batch = tokenizer.encode_batch_fast(texts[start : start + 1000])
            encoded += [encoding.ids for encoding in batch]
else:
    import gigatoken

    tokenizer = gigatoken.Tokenizer(vocabulary)
    with Timed() as timed:
        encoded = [tokenizer.encode(text) for text in texts]
with open(os.path.join(out, "ids.bin"), "wb") as file:
    for ids in encoded:
        array.array("I", ids).tofile(file)
report(timed)
