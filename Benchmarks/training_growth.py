#!/usr/bin/env python3
"""How time and memory of tokenizer training grow with the corpus.

    Benchmarks/training_growth.py [--sizes 20 200 2000] [--memory 1G] [--workers 1]

Corpora of so many megabytes of text come from the benchmark's generator. Each run is from files to
the tokenizer. Counting is to be linear in the bytes, merging no worse than linear in the distinct
pre-tokens. The table goes to standard output and to Benchmarks/Results/.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness.growth import Growth, Step  # noqa: E402


def compare(before: Step, now: Step) -> str:
    return (
        f"{now.megabytes / before.megabytes:.1f} times the text, "
        f"{now.count / before.count:.1f} the words, "
        f"{now.cpu_seconds / before.cpu_seconds:.1f} the time"
    )


GROWTH = Growth(
    name="training-growth",
    unit="distinct pre-tokens",
    command=lambda options, data, out: [
        *("tokenizer", "train", data.zst, "--output", out),
        *("--vocabulary-size", options.vocabulary_size),
    ],
    count=lambda data, out: json.loads((out / "report.json").read_text())["wordCount"],
    compare=compare,
    heading=lambda options: f"{options.vocabulary_size} tokens, ",
)

if __name__ == "__main__":
    GROWTH.main(
        __doc__,
        lambda parser: parser.add_argument("--vocabulary-size", type=int, default=32768),
    )
