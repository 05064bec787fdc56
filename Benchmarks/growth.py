#!/usr/bin/env python3
"""How time and memory of near-duplicate removal grow with the corpus.

    Benchmarks/growth.py [--sizes 20 200 2000] [--memory 1G] [--workers 1]

Corpora of so many megabytes of text come from the benchmark's generator, with a tenth of edited
copies. Each run is from files to survivors. The table goes to standard output and to
Benchmarks/Results/.
"""

import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness.growth import Growth, Step  # noqa: E402
from rows.near_duplicates import found  # noqa: E402


def documents(data, out) -> int:
    with open(data.lines, "rb") as lines:
        return sum(1 for _ in lines)


def compare(before: Step, now: Step) -> str:
    times = now.count / before.count
    bound = times * math.log(now.count) / math.log(before.count)
    return f"{now.cpu_seconds / before.cpu_seconds:.1f} times; n log n {bound:.1f}"


GROWTH = Growth(
    name="near-duplicate-growth",
    unit="documents",
    command=lambda options, data, out: ["deduplicate", data.zst, "--output", out],
    count=documents,
    compare=compare,
    heading=lambda options: "",
    result=found,
)

if __name__ == "__main__":
    GROWTH.main(__doc__)
