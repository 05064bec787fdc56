#!/usr/bin/env python3
"""Gristmill side by side with its peers: the same data, the same core, in turn.

    Benchmarks/run.sh [--only ROW]... [--pairs N] [--size FACTOR] [--list]

Peers come from PyPI, at pinned versions, into environments under Benchmarks/.work/. The table goes
to standard output and, with every single run, to Benchmarks/Results/.
"""

import argparse
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from harness import compiled, measure, report  # noqa: E402
from harness.data import Data, DataError  # noqa: E402
from harness.environments import Environment  # noqa: E402
from harness.row import Peer, Row  # noqa: E402
from rows import ROWS  # noqa: E402


class Benchmark:
    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.work = HERE / ".work"
        self.work.mkdir(exist_ok=True)
        self.core = measure.choose_core(options.core)
        self.environments: dict[str, Environment] = {}
        self.data: dict[float, Data] = {}

    def environment(self, name: str) -> Environment:
        if name not in self.environments:
            self.environments[name] = Environment(name, HERE, self.work)
        return self.environments[name]

    def data_of(self, megabytes: float) -> Data:
        size = megabytes * self.options.size
        if size not in self.data:
            self.data[size] = Data(size, self.work, self.environment("tools"))
        return self.data[size]

    def line(self, row: Row, peer: Peer) -> report.Line:
        """All pairs of one peer; a side that fails is not run again."""
        line = report.Line(row.name, row.title, row.note, peer.name, "")
        line.version, line.peer_error = self.installed(peer)
        data = self.data_of(peer.megabytes or row.megabytes)
        try:
            line.megabytes = data.byte_count(row.measure) / 1e6
            line.data = data.digest
            commands = [self.gristmill_command(row, data), self.peer_command(peer, data)]
        except DataError as missing:
            line.gristmill_error = line.peer_error = str(missing)
            return line
        for number in range(self.options.pairs):
            pair = []
            for side, (command, error) in enumerate(
                zip(commands, (line.gristmill_error, line.peer_error))
            ):
                if error:
                    pair.append(measure.Run(0, 0, 0, {}, error))
                    continue
                run, result = self.run(row, data, command, f"{row.name}-{side}-{number}")
                pair.append(run)
                if side == 0:
                    line.gristmill_error, line.gristmill_result = run.error, result
                else:
                    line.peer_error, line.peer_result = run.error, result
            line.pairs.append((pair[0], pair[1]))
        return line

    def run(self, row: Row, data: Data, command, name: str) -> tuple[measure.Run, str]:
        """One run in an empty folder, and what came out of it."""
        out = self.work / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        logs = self.work / "logs"
        logs.mkdir(exist_ok=True)
        done = measure.run(command(out), self.core, logs / name, self.options.timeout)
        if done.error:
            return done, ""
        if "result" in done.said:
            return done, done.said["result"]
        if row.result is None:
            return done, ""
        try:
            return done, row.result(data, out)
        except (OSError, ValueError, KeyError) as problem:
            return done, f"unreadable result: {problem}"

    def gristmill_command(self, row: Row, data: Data):
        program = self.options.gristmill.with_name(row.program)
        if row.program == "gristmill":
            program = self.options.gristmill
        return lambda out: list(map(str, [program, *row.gristmill(data, out)]))

    def peer_command(self, peer: Peer, data: Data):
        if peer.source is not None:
            program = compiled.path(peer, self.work)
            return lambda out: list(map(str, [program, *peer.arguments(data, out)]))
        if peer.environment is None:
            return lambda out: list(map(str, peer.arguments(data, out)))
        python = self.environment(peer.environment).python

        def command(out: Path) -> list[str]:
            script, *rest = peer.arguments(data, out)
            return [python, str(HERE / "peers" / script), *map(str, rest)]

        return command

    def installed(self, peer: Peer) -> tuple[str, str]:
        """The peer's version, or why it cannot run."""
        if peer.source is not None:
            return compiled.compile(peer, HERE, self.work)
        name = peer.distribution or peer.name
        if peer.environment is None:
            program = peer.program or name.split()[0]
            return "", "" if shutil.which(program) else f"no {program} command"
        environment = self.environment(peer.environment)
        if peer.distribution == "":
            return "", ""  # Python's own
        if reason := environment.reason_missing(name):
            return "", reason
        return environment.version(name), ""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [row.name for row in ROWS]
    repository = HERE.parent
    parser.add_argument("--only", action="append", choices=names, metavar="ROW", default=[])
    parser.add_argument("--pairs", type=int, default=3, help="runs of each side (default 3)")
    parser.add_argument("--size", type=float, default=1, help="times each row's own size")
    parser.add_argument("--core", type=int, help="the core to measure on (default: the last)")
    parser.add_argument("--timeout", type=float, default=900, help="seconds a run may take")
    parser.add_argument(
        "--gristmill", type=Path, default=repository / ".build" / "release" / "gristmill"
    )
    parser.add_argument("--list", action="store_true", help="name the rows and their peers")
    options = parser.parse_args()
    if options.pairs < 1 or options.size <= 0:
        parser.error("--pairs is at least 1 and --size above 0")
    return options


def main() -> int:
    options = arguments()
    if options.list:
        for row in ROWS:
            print(f"{row.name:<22}{row.title}: {', '.join(peer.name for peer in row.peers)}")
        return 0
    benchmark = Benchmark(options)
    only = options.only
    chosen = [row for row in ROWS if (row.name in only if only else not row.is_optional)]
    origin = benchmark.data_of(chosen[0].megabytes).origin
    parts = [report.heading(options.pairs, origin, benchmark.core, HERE.parent)]
    print(parts[0])
    lines: list[report.Line] = []
    for row in chosen:
        measured = [benchmark.line(row, peer) for peer in row.peers]
        parts.append(report.table(measured))
        print(parts[-1], flush=True)
        lines += measured
    results = HERE / "Results"
    results.mkdir(exist_ok=True)
    print(f"kept in {report.keep(chr(10).join(parts), lines, results)}")
    failed = sorted({line.row for line in lines if line.gristmill_error})
    if failed:
        print(f"gristmill failed in: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
