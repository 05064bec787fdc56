#!/usr/bin/env python3
"""How time and memory of near-duplicate removal grow with the corpus.

    Benchmarks/growth.py [--sizes 20 200 2000] [--memory 1G] [--workers 1]

Corpora of so many megabytes of text come from the benchmark's generator, with a tenth of edited
copies. Each run is from files to survivors. The table goes to standard output and to
Benchmarks/Results/.
"""

import argparse
import math
import shutil
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from harness import measure  # noqa: E402
from harness.data import Data  # noqa: E402
from harness.environments import Environment  # noqa: E402
from rows.near_duplicates import found  # noqa: E402


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    release = HERE.parent / ".build" / "release" / "gristmill"
    parser.add_argument("--gristmill", type=Path, default=release)
    parser.add_argument("--sizes", type=float, nargs="+", default=[20, 200, 2000])
    parser.add_argument("--memory", default="1G")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=7200)
    options = parser.parse_args()
    work = HERE / ".work"
    work.mkdir(exist_ok=True)
    core = measure.choose_core(None)
    tools = Environment("tools", HERE, work)
    text = f"--memory {options.memory} --workers {options.workers}, on one core\n\n"
    text += "| MB of text | documents | seconds | CPU seconds | MB/s | peak MB | to the one before | result |\n"
    text += "| ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |\n"
    before = None
    for size in options.sizes:
        data = Data(size, work, tools)
        megabytes = data.byte_count("text") / 1e6
        with open(data.lines, "rb") as lines:
            count = sum(1 for _ in lines)
        out = work / "out"
        shutil.rmtree(out, ignore_errors=True)
        command = [options.gristmill, "deduplicate", data.zst, "--output", out, "--quiet"]
        command += ["--workers", options.workers, "--memory", options.memory]
        done = measure.run(list(map(str, command)), core, work / f"growth-{size:g}", options.timeout)
        if done.error:
            raise SystemExit(f"{size:g} MB: {done.error}")
        growth = ""
        if before:
            times = count / before[0]
            bound = times * math.log(count) / math.log(before[0])
            growth = f"{done.cpu_seconds / before[1]:.1f} times; n log n {bound:.1f}"
        before = (count, done.cpu_seconds)
        text += f"| {megabytes:.0f} | {count} | {done.wall_seconds:.1f} | {done.cpu_seconds:.1f} |"
        text += f" {megabytes / done.cpu_seconds:.1f} | {done.peak_megabytes:.0f} | {growth} |"
        text += f" {found(data, out)} |\n"
        print(text.splitlines()[-1], flush=True)
    results = HERE / "Results"
    results.mkdir(exist_ok=True)
    kept = results / f"{date.today()}-near-duplicate-growth.md"
    kept.write_text(text)
    print(f"\n{text}\nkept in {kept}")


if __name__ == "__main__":
    main()
