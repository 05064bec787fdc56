"""datatrove from JSON lines to Megatron shards: FineWeb's filters, MinHash, tokens.

end_to_end_datatrove.py INPUT.jsonl.zst TOKENIZER.json FOLDER
"""

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
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.tokens import MegatronDocumentTokenizer
from datatrove.pipeline.writers import JsonlWriter
from reporting import Timed, report

path, tokenizer, out = map(os.path.abspath, sys.argv[1:4])
source, name = os.path.split(path)
config = MinhashConfig()


def filtered():
    return JsonlReader(f"{out}/filtered", compression="zstd")


stages = [
    (
        "filter",
        [
            JsonlReader(source, glob_pattern=name, compression="zstd"),
            GopherRepetitionFilter(),
            GopherQualityFilter(),
            C4QualityFilter(filter_no_terminal_punct=False),
            FineWebQualityFilter(),
            JsonlWriter(f"{out}/filtered", "${rank}.jsonl.zst", compression="zstd"),
        ],
        1,
    ),
    ("signatures", [filtered(), MinhashDedupSignature(f"{out}/signatures", config=config)], 1),
    (
        "buckets",
        [MinhashDedupBuckets(f"{out}/signatures", f"{out}/buckets", config=config)],
        config.num_buckets,
    ),
    ("cluster", [MinhashDedupCluster(f"{out}/buckets", f"{out}/remove", config=config)], 1),
    (
        "tokens",
        [
            filtered(),
            MinhashDedupFilter(f"{out}/remove"),
            MegatronDocumentTokenizer(f"{out}/shards", "train", tokenizer, batch_size=1000),
        ],
        1,
    ),
]
with Timed() as timed:
    for stage, steps, tasks in stages:
        LocalPipelineExecutor(
            pipeline=steps, tasks=tasks, workers=1, logging_dir=f"{out}/logs/{stage}"
        ).run()
report(timed)
