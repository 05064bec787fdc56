#!/usr/bin/env python3
"""How time, memory and waste of packing grow with the corpus.

    Benchmarks/packing_growth.py [--sizes 50 500] [--memory 512M] [--workers 1] [--sequence-length 2048]
    Benchmarks/packing_growth.py --shuffle --memory 64M

Best-fit sequences in Megatron's shards, or with --shuffle the documents of the whole corpus in a random
order. Waste is padding, as a share of all tokens; what must be is that of the fewest sequences that
could hold the tokens. The table goes to standard output and to Benchmarks/Results/.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness.growth import Growth, Step  # noqa: E402


def tokens(out: Path) -> dict:
    stages = json.loads((out / "ledger.json").read_text())["stages"]
    return next(s["ledger"]["tokens"] for s in reversed(stages) if s["ledger"].get("tokens"))


def command(options, data, out):
    arguments = ["pack", data.zst, "--tokenizer", data.tokenizer, "--output", out]
    arguments += ["--format", "megatron", "--set", "shards.shard-count=1"]
    if options.shuffle:
        return [*arguments, "--shuffle"]
    length = options.sequence_length
    return [*arguments, "--strategy", "best-fit", "--sequence-length", length]


def compare(before: Step, now: Step) -> str:
    return (
        f"{now.count / before.count:.1f} times the tokens, "
        f"{now.cpu_seconds / before.cpu_seconds:.1f} the time"
    )


def result(data, out) -> str:
    counted = tokens(out)
    padding, packed = counted["padding"], counted["packed"]
    lost = counted["cropped"] + counted["remainder"] + counted["unused"]
    return f"{100 * padding / (packed + padding):.4f} % padding, {lost} tokens lost"


GROWTH = Growth(
    name="packing-growth",
    unit="tokens",
    command=command,
    count=lambda data, out: tokens(out)["packed"],
    compare=compare,
    heading=lambda options: "shuffled, "
    if options.shuffle
    else f"best fit, {options.sequence_length} tokens a sequence, ",
    result=result,
)

if __name__ == "__main__":

    def add_options(parser):
        parser.add_argument("--shuffle", action="store_true")
        parser.add_argument("--sequence-length", type=int, default=2048)
        parser.set_defaults(sizes=[50, 500], memory="512M")

    GROWTH.main(__doc__, add_options)
