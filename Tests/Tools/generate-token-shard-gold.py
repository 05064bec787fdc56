"""Makes Tests/Fixtures/TokenShards: shards as the formats' own code writes them.

    python3 -m venv venv && venv/bin/pip install datatrove tokenizers humanize numpy
    venv/bin/python Tests/Tools/generate-token-shard-gold.py Tests/Fixtures/TokenShards

datatrove writes its files itself (TokenizedFile), NumPy its arrays (numpy.save), humanize its counts.
For each shard `NAME.json` has the documents, and the masks where there are any.
"""
import json
import os
import sys

import humanize
import numpy as np
from datatrove.pipeline.tokens.tokenizer import TokenizedFile

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
random = np.random.default_rng(7)


def documents(vocabulary_size, lengths):
    return [random.integers(1, vocabulary_size, n - 1).tolist() + [0] for n in lengths]


def expect(name, **values):
    with open(f"{folder}/{name}.json", "w") as file:
        json.dump(values, file, separators=(",", ":"))
        file.write("\n")


for name, vocabulary_size, size in [("narrow", 65536, 2), ("wide", 100277, 4)]:
    shard = documents(vocabulary_size, [3, 1, 40, 7, 2])
    masks = [random.integers(0, 2, len(document)).tolist() for document in shard]
    output = TokenizedFile(
        folder, f"{name}.ds", save_loss_metadata=True, save_final_metadata=True,
        tokenizer_name_or_path="some/tokenizer", token_size=size)
    for document, mask in zip(shard, masks):
        output.write(document, np.array(mask, dtype=bool))
    output.close()
    expect(name, documents=shard, masks=masks)

rows = documents(50257, [16] * 5)
np.save(f"{folder}/narrow.npy", np.array(rows, dtype="<u2"))
np.save(f"{folder}/wide.npy", np.array(rows, dtype="<u4"))
np.save(f"{folder}/flat.npy", np.array(rows, dtype="<i8").reshape(-1))
expect("rows", documents=rows)

counts = [0, 1, 9, 10, 42, 99, 100, 101, 999, 1000, 1001, 1005, 1015, 1225, 1235, 9994, 9995, 9996,
          9999, 10000, 10050, 10150, 12345, 99949, 99950, 99951, 100500, 101500, 122500, 123500,
          999499, 999500, 999501, 999999, 1000000, 1005000, 1995000, 2675000, 999999999,
          1000000000, 9035582198, 10**12, 15 * 10**12, 123456789012345]
counts += [int(10 ** x) for x in random.uniform(0, 14, 400)]
# Halves in decimals, most of which are none as a binary fraction.
counts += [int(x) * 10 + 5 for x in random.integers(100, 1000, 60)]
counts += [int(x) * 10**k + 5 * 10 ** (k - 1) for k in (2, 3, 5, 8) for x in random.integers(100, 1000, 60)]
expect("counts", counts=[[n, humanize.metric(n, unit="T")] for n in counts])
