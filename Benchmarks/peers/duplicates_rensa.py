"""rensa: RMinHash of 128 permutations, RMinHashLSH of 16 bands, union-find.

duplicates_rensa.py INPUT.jsonl.zst FOLDER
"""

import itertools
import sys

import rensa
from reporting import Timed, documents, report, write_removed
from shingles import Clusters, shingles

identities, clusters = [], Clusters()
with Timed() as timed:
    index = rensa.RMinHashLSH(0.7, 128, 16)
    source = documents(sys.argv[1])
    while batch := list(itertools.islice(source, 256)):
        identities += [document["id"] for document in batch]
        runs = [list(shingles(document["text"])) for document in batch]
        for signature in rensa.RMinHash.from_token_sets(runs, 128, 42):
            number = clusters.add()
            for candidate in index.query(signature):
                clusters.join(candidate, number)
            index.insert(number, signature)
    write_removed(sys.argv[2], [identities[number] for number in clusters.removed()])
report(timed)
