"""datatrove's tokenizer step: JSON lines to its own token files, or shuffled ones.

pack_datatrove.py INPUT.jsonl.zst TOKENIZER.json FOLDER [--shuffle]
"""

import os
import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.tokens import DocumentTokenizer
from reporting import Timed, report

path, tokenizer, out = map(os.path.abspath, sys.argv[1:4])
source, name = os.path.split(path)
steps = [
    JsonlReader(source, glob_pattern=name, compression="zstd"),
    DocumentTokenizer(
        f"{out}/shards",
        tokenizer_name_or_path=tokenizer,
        eos_token="<|endoftext|>",
        shuffle_documents="--shuffle" in sys.argv,
        local_working_dir=f"{out}/work",
        batch_size=1000,
    ),
]
with Timed() as timed:
    LocalPipelineExecutor(pipeline=steps, tasks=1, workers=1, logging_dir=f"{out}/logs").run()
report(timed)
