"""The table, and the files it is kept in."""

import datetime
import json
import os
import platform
import re
import statistics
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from .measure import Run


@dataclass
class Line:
    """One peer of one row, with its pairs of runs."""

    row: str
    title: str
    note: str
    peer: str
    version: str
    megabytes: float = 0  # what was measured, in 10^6 bytes
    data: str = ""  # a digest of the documents
    pairs: list[tuple[Run, Run]] = field(default_factory=list)  # Gristmill's and the peer's
    gristmill_result: str = ""
    peer_result: str = ""
    gristmill_error: str = ""
    peer_error: str = ""

    def speeds(self, side: int) -> list[float]:
        """MB per CPU second of the good runs; those of `gristmill` with its start, others without."""
        runs = [pair[side] for pair in self.pairs if not pair[side].error]
        seconds = [run.useful_seconds for run in runs]
        return [self.megabytes / max(second, 1e-6) for second in seconds]

    def ratios(self) -> list[float]:
        both = [(a, b) for a, b in self.pairs if not a.error and not b.error]
        return [max(b.useful_seconds, 1e-6) / max(a.useful_seconds, 1e-6) for a, b in both]

    def cells(self) -> list[str]:
        def middle(values: list[float], digits: int) -> str:
            return f"{statistics.median(values):,.{digits}f}" if values else "–"

        def memory(side: int) -> str:
            good = [pair[side].peak_megabytes for pair in self.pairs if not pair[side].error]
            return middle(good, 0)

        ratios = self.ratios()
        spread = f" [{min(ratios):.2f}–{max(ratios):.2f}]" if ratios else ""
        return [
            f"{self.peer} ({self.version})" if self.version else self.peer,
            f"{self.megabytes:.1f}" if self.megabytes else "–",
            middle(self.speeds(0), 1),
            middle(self.speeds(1), 1),
            middle(ratios, 2) + spread,
            f"{memory(0)} / {memory(1)}",
            "failed" if self.gristmill_error else self.gristmill_result or "–",
            "failed" if self.peer_error else self.peer_result or "–",
        ]

    def failures(self) -> list[str]:
        """Sentences for below the table."""
        said = []
        if self.gristmill_error:
            said.append(f"Gristmill beside {self.peer}: {self.gristmill_error}")
        if self.peer_error:
            said.append(f"{self.peer}: {self.peer_error}")
        return said

    def record(self) -> dict:
        keys = ("cpu_seconds", "useful_seconds", "wall_seconds", "peak_megabytes", "error")
        sides = ("gristmill", "peer")
        return {
            "row": self.row,
            "peer": self.peer,
            "version": self.version,
            "megabytes": self.megabytes,
            "data": self.data,
            "ratios": [round(ratio, 4) for ratio in self.ratios()],
            "gristmill-result": self.gristmill_result,
            "peer-result": self.peer_result,
            "gristmill-error": self.gristmill_error,
            "peer-error": self.peer_error,
            "runs": [
                {side: {key: getattr(run, key) for key in keys} for side, run in zip(sides, pair)}
                for pair in self.pairs
            ],
        }


HEADINGS = [
    "peer",
    "MB",
    "Gristmill MB/s",
    "peer MB/s",
    "times faster [min–max]",
    "memory MB",
    "Gristmill's result",
    "peer's result",
]


def table(lines: list[Line]) -> str:
    """One row of the benchmark as a Markdown table under its title."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    ruler = ["-" * width for width in widths]
    rows.insert(1, ruler)
    drawn = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
        for row in rows
    ]
    note = [lines[0].note, ""] if lines[0].note else []
    failures = [f"- {sentence}" for line in lines for sentence in line.failures()]
    if failures:
        failures.insert(0, "")
    return "\n".join([f"## {lines[0].title}", "", *note, *drawn, *failures, ""])


def machine() -> str:
    with open("/proc/cpuinfo") as file:
        models = re.findall(r"^model name\s*: (.*)$", file.read(), re.MULTILINE)
    return f"{models[0] if models else platform.machine()}, {os.cpu_count()} CPUs"


def heading(pairs: int, origin: str, core: int, repository: Path) -> str:
    def git(*arguments: str) -> str:
        command = ["git", "-C", repository, *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.stdout.strip()

    commit = git("rev-parse", "--short", "HEAD") or "unknown"
    changed = " with local changes" if git("status", "--porcelain", "--", "Sources") else ""
    return "\n".join(
        [
            f"# Benchmark of {datetime.date.today().isoformat()}",
            "",
            f"- machine: {machine()}, Linux {platform.release()}, core {core}, "
            f"load {os.getloadavg()[0]:.1f} at the start",
            f"- commit: {commit}{changed}",
            f"- data: {origin}",
            f"- {pairs} pairs of runs in turn, on the same data and core, one thread each",
            "",
            "MB/s are 10^6 bytes of text per second of CPU time, user and system, of the process"
            " tree. Gristmill is counted from start to exit, a Python peer without its imports."
            " Speeds and memory are medians; how many times faster Gristmill is, is the median over"
            " the pairs, and below 1 it is slower. Memory is the peak of the process tree,"
            " Gristmill / peer.",
            "",
        ]
    )


def keep(text: str, lines: list[Line], folder: Path) -> Path:
    """Writes the table and every run beside it, under a name not yet taken."""
    words = re.sub(r"\((R|TM)\)|CPU|Processor|@.*", " ", machine().split(",")[0])
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    stem = f"{datetime.date.today().isoformat()}-{slug}"
    taken = 1
    while (path := folder / f"{stem}{f'-{taken}' if taken > 1 else ''}.md").exists():
        taken += 1
    path.write_text(text)
    with open(path.with_suffix(".jsonl"), "w") as file:
        file.writelines(json.dumps(line.record()) + "\n" for line in lines)
    return path
