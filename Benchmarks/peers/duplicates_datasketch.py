"""datasketch: MinHash of 112 permutations, LSH of 14 bands of 8 rows, union-find.

duplicates_datasketch.py INPUT.jsonl.zst FOLDER
"""

import sys

from datasketch import MinHash, MinHashLSH
from reporting import Timed, documents, report, write_removed
from shingles import Clusters, shingles

identities, clusters = [], Clusters()
with Timed() as timed:
    index = MinHashLSH(num_perm=112, params=(14, 8))
    empty = MinHash(num_perm=112, seed=1)
    for document in documents(sys.argv[1]):
        number = clusters.add()
        identities.append(document["id"])
        if not (runs := shingles(document["text"])):
            continue
        signature = empty.copy()
        signature.update_batch([run.encode() for run in runs])
        for candidate in index.query(signature):
            clusters.join(candidate, number)
        index.insert(number, signature, check_duplication=False)
    write_removed(sys.argv[2], [identities[number] for number in clusters.removed()])
report(timed)
