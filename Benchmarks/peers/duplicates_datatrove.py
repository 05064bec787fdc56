"""datatrove's four MinHash stages with its defaults: 14 buckets of 8 hashes, word 5-grams, 64 bits.

duplicates_datatrove.py INPUT.jsonl.zst FOLDER [--clusters]

With --clusters it saves the ids of clusters, and clusters.jsonl is written.
"""

import json
import os
import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import (
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from reporting import Timed, documents, report, write_removed

path, out = map(os.path.abspath, sys.argv[1:3])
with_clusters = "--clusters" in sys.argv
source, name = os.path.split(path)
config = MinhashConfig()


def read():
    return JsonlReader(source, glob_pattern=name, compression="zstd")


def write(folder):
    return JsonlWriter(f"{out}/{folder}", "${rank}.jsonl.zst", compression="zstd")


stages = [
    ("signatures", [read(), MinhashDedupSignature(f"{out}/signatures", config=config)], 1),
    (
        "buckets",
        [MinhashDedupBuckets(f"{out}/signatures", f"{out}/buckets", config=config)],
        config.num_buckets,
    ),
    (
        "cluster",
        [
            MinhashDedupCluster(
                f"{out}/buckets", f"{out}/remove", config=config, save_cluster_id=with_clusters
            )
        ],
        1,
    ),
    (
        "filter",
        [
            read(),
            MinhashDedupFilter(
                f"{out}/remove",
                exclusion_writer=write("removed"),
                load_cluster_ids=with_clusters,
            ),
            write("documents"),
        ],
        1,
    ),
]
with Timed() as timed:
    for stage, steps, tasks in stages:
        LocalPipelineExecutor(
            pipeline=steps, tasks=tasks, workers=1, logging_dir=f"{out}/logs/{stage}"
        ).run()
removed = f"{out}/removed/00000.jsonl.zst"
write_removed(out, [x["id"] for x in documents(removed)] if os.path.exists(removed) else [])
if with_clusters:
    members: dict[int, list[str]] = {}
    for folder in ("documents", "removed"):
        for document in documents(f"{out}/{folder}/00000.jsonl.zst"):
            members.setdefault(document["metadata"]["minhash_cluster_id"], []).append(document["id"])
    members.pop(-1, None)
    with open(f"{out}/clusters.jsonl", "w") as file:
        for cluster in members.values():
            file.write(json.dumps({"cluster": cluster}) + "\n")
report(timed)
