"""One command over corpora of growing size, and a table of what each took."""

import argparse
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Callable

from harness import measure
from harness.data import Data
from harness.environments import Environment

HERE = Path(__file__).resolve().parents[1]


@dataclass
class Step:
    """What one corpus took."""

    megabytes: float
    count: int
    cpu_seconds: float


@dataclass
class Growth:
    #: Results are kept in Results/DATE-NAME.md.
    name: str
    #: What is counted beside the text.
    unit: str
    #: Arguments after the program's name, of the options, the corpus and the folder to write.
    command: Callable
    #: How many of the unit there are, of the corpus and what was written.
    count: Callable
    #: How two steps compare, as words.
    compare: Callable[[Step, Step], str]
    #: A line on what was done, of the options.
    heading: Callable
    #: What came out, of the corpus and what was written; empty for nothing.
    result: Callable = lambda data, out: ""

    def main(self, description: str, add_options=lambda parser: None) -> None:
        parser = argparse.ArgumentParser(
            description=description, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        release = HERE.parent / ".build" / "release" / "gristmill"
        parser.add_argument("--gristmill", type=Path, default=release)
        parser.add_argument("--sizes", type=float, nargs="+", default=[20, 200, 2000])
        parser.add_argument("--memory", default="1G")
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--timeout", type=float, default=7200)
        add_options(parser)
        options = parser.parse_args()
        work = HERE / ".work"
        work.mkdir(exist_ok=True)
        core = measure.choose_core(None)
        tools = Environment("tools", HERE, work)
        text = f"{self.heading(options)}--memory {options.memory} --workers {options.workers}, on one core\n\n"
        text += f"| MB of text | {self.unit} | seconds | CPU seconds | MB/s | peak MB | to the one before | result |\n"
        text += "| ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |\n"
        before = None
        for size in options.sizes:
            data = Data(size, work, tools)
            out = work / "out"
            shutil.rmtree(out, ignore_errors=True)
            command = [options.gristmill, *self.command(options, data, out), "--quiet"]
            command += ["--workers", options.workers, "--memory", options.memory]
            log = work / f"{self.name}-{size:g}"
            done = measure.run(list(map(str, command)), core, log, options.timeout)
            if done.error:
                raise SystemExit(f"{size:g} MB: {done.error}")
            now = Step(data.byte_count("text") / 1e6, self.count(data, out), done.cpu_seconds)
            growth = self.compare(before, now) if before else ""
            before = now
            text += f"| {now.megabytes:.0f} | {now.count} | {done.wall_seconds:.1f} | {done.cpu_seconds:.1f} |"
            text += f" {now.megabytes / done.cpu_seconds:.1f} | {done.peak_megabytes:.0f} | {growth} |"
            text += f" {self.result(data, out)} |\n"
            print(text.splitlines()[-1], flush=True)
        results = HERE / "Results"
        results.mkdir(exist_ok=True)
        kept = results / f"{date.today()}-{self.name}.md"
        kept.write_text(text)
        print(f"\n{text}\nkept in {kept}")
