#!/usr/bin/env python3
"""How time and memory of tokenizer training grow with the corpus.

    Benchmarks/training_growth.py [--sizes 20 200 2000] [--memory 1G] [--workers 1]

Corpora of so many megabytes of text come from the benchmark's generator. Each run is from files to
the tokenizer. Counting is to be linear in the bytes, merging no worse than linear in the distinct
pre-tokens. The table goes to standard output and to Benchmarks/Results/.
"""

import argparse
import json
import shutil
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from harness import measure  # noqa: E402
from harness.data import Data  # noqa: E402
from harness.environments import Environment  # noqa: E402


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    release = HERE.parent / ".build" / "release" / "gristmill"
    parser.add_argument("--gristmill", type=Path, default=release)
    parser.add_argument("--sizes", type=float, nargs="+", default=[20, 200, 2000])
    parser.add_argument("--memory", default="1G")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--vocabulary-size", type=int, default=32768)
    parser.add_argument("--timeout", type=float, default=7200)
    options = parser.parse_args()
    work = HERE / ".work"
    work.mkdir(exist_ok=True)
    core = measure.choose_core(None)
    tools = Environment("tools", HERE, work)
    text = f"{options.vocabulary_size} tokens, --memory {options.memory}"
    text += f" --workers {options.workers}, on one core\n\n"
    text += "| MB of text | distinct pre-tokens | seconds | CPU seconds | MB/s | peak MB | to the one before |\n"
    text += "| ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
    before = None
    for size in options.sizes:
        data = Data(size, work, tools)
        megabytes = data.byte_count("text") / 1e6
        out = work / "out"
        shutil.rmtree(out, ignore_errors=True)
        command = [options.gristmill, "tokenizer", "train", data.zst, "--output", out, "--quiet"]
        command += ["--vocabulary-size", options.vocabulary_size]
        command += ["--workers", options.workers, "--memory", options.memory]
        log = work / f"training-growth-{size:g}"
        done = measure.run(list(map(str, command)), core, log, options.timeout)
        if done.error:
            raise SystemExit(f"{size:g} MB: {done.error}")
        words = json.loads((out / "report.json").read_text())["wordCount"]
        growth = ""
        if before:
            growth = f"{megabytes / before[0]:.1f} times the text, {words / before[1]:.1f} the words"
            growth += f", {done.cpu_seconds / before[2]:.1f} the time"
        before = (megabytes, words, done.cpu_seconds)
        text += f"| {megabytes:.0f} | {words} | {done.wall_seconds:.1f} | {done.cpu_seconds:.1f} |"
        text += f" {megabytes / done.cpu_seconds:.1f} | {done.peak_megabytes:.0f} | {growth} |\n"
        print(text.splitlines()[-1], flush=True)
    results = HERE / "Results"
    results.mkdir(exist_ok=True)
    kept = results / f"{date.today()}-training-growth.md"
    kept.write_text(text)
    print(f"\n{text}\nkept in {kept}")


if __name__ == "__main__":
    main()
