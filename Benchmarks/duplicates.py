#!/usr/bin/env python3
"""Judges near-duplicate removal by documents of which it is known how similar they are.

    Benchmarks/duplicates.py pairs FOLDER   text-dedup and datatrove beside Gristmill on labelled pairs
    Benchmarks/duplicates.py curve          copies with a known share of words changed

FOLDER has docs.jsonl.zst, pairs.tsv.zst (two ids and their exact Jaccard similarity over word
5-shingles) and clusters_0.7.tsv.zst, clusters_0.8.tsv.zst (id, first id of its cluster). Copies are
made of the benchmark's documents. Tables go to standard output and to Benchmarks/Results/.
"""

import argparse
import itertools
import json
import random
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE / "peers"))

from harness import clusters, corpus  # noqa: E402
from harness.environments import Environment  # noqa: E402
from shingles import WORD, shingles  # noqa: E402

THRESHOLDS = (0.7, 0.8)
SHARES = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3)
CURVES = ((14, 8), (20, 5), (9, 13))
SEED = 20261121


def run(command: list, out: Path):
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with open(out.with_suffix(".log"), "wb") as log:
        subprocess.run(list(map(str, command)), check=True, stdout=log, stderr=log)


def zstd_lines(path: Path) -> list[list[str]]:
    text = subprocess.run(["zstd", "-dc", path], capture_output=True, check=True).stdout.decode()
    return [line.split("\t") for line in text.splitlines()]


class Gristmill:
    def __init__(self, program: Path):
        self.program = program

    def command(self, source: Path, out: Path, settings: dict) -> list:
        """A run of its own, in one thread."""
        command = [self.program, "deduplicate", source, "--output", out, "--workers", 1, "--quiet"]
        for name, value in settings.items():
            command += ["--set", f"deduplicate.{name}={value}"]
        return command


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def labelled(options: argparse.Namespace) -> str:
    """Every program on the labelled pairs, a table for each threshold."""
    folder, work = options.folder, HERE / ".work" / "judged-duplicates"
    source = work / "input" / "documents.jsonl.zst"
    source.parent.mkdir(parents=True, exist_ok=True)
    if not source.exists():
        shutil.copy(folder / "docs.jsonl.zst", source)
    lines = subprocess.run(["zstd", "-dc", source], capture_output=True, check=True).stdout
    documents = [json.loads(line)["id"] for line in lines.splitlines()]
    pairs = {(a, b): float(value) for a, b, value in zstd_lines(folder / "pairs.tsv.zst")}
    text = f"{len(documents)} documents, {len(pairs)} pairs of a similarity of 0.3 or above.\n"
    done: set[Path] = set()
    for threshold in THRESHOLDS:
        groups: dict[str, list[str]] = {}
        for identity, first in zstd_lines(folder / f"clusters_{threshold}.tsv.zst"):
            groups.setdefault(first, []).append(identity)
        truth = [group for group in groups.values() if len(group) > 1]
        rows = []
        for name, command in programs(options, source, work, threshold):
            out = work / f"{name} {threshold}".replace(" ", "-")
            if " " not in name:
                out = work / name
            if not (options.reuse or out in done) or not (out / "clusters.jsonl").exists():
                run(command(out), out)
            done.add(out)
            rows.append(figures(name, documents, truth, pairs, threshold, out))
        header = ["", "pairs P", "pairs R", "pairs F1", "dup. P", "dup. R", "other P", "other R"]
        header += ["macro F1", "mean P", "accuracy", "ARI", "removed", "rightly", "pairs broken"]
        text += f"\nClusters at {threshold}\n\n{table(header, rows)}"
        print(text.split("\n\nClusters")[-1], flush=True)
    return text


def programs(options: argparse.Namespace, source: Path, work: Path, threshold: float):
    """Names with what makes a command of a folder; those of one word do not depend on the threshold."""
    gristmill = Gristmill(options.gristmill)
    own = {"threshold": threshold}
    yield "Gristmill", lambda out: gristmill.command(source, out, {})
    yield "Gristmill threshold", lambda out: gristmill.command(source, out, own)
    yield (
        "Gristmill 256 hashes",
        lambda out: gristmill.command(source, out, own | {"hashes": 256}),
    )
    for name, script, more in [
        ("text-dedup", "duplicates_textdedup.py", []),
        ("text-dedup threshold", "duplicates_textdedup.py", ["--own", threshold]),
        ("datatrove", "duplicates_datatrove.py", []),
    ]:
        environment = Environment(script[11:-3], HERE, HERE / ".work")
        yield (
            name,
            lambda out, script=script, more=more, environment=environment: [
                environment.python, HERE / "peers" / script, source, out, "--clusters", *more,
            ],
        )


def figures(
    name: str, documents: list[str], truth: list, pairs: dict, threshold: float, out: Path
) -> list[str]:
    verdict = clusters.verdict(documents, truth, clusters.read(out / "clusters.jsonl"))
    with open(out / "removed.jsonl") as lines:
        removed = {json.loads(line)["id"] for line in lines}
    rightly, broken = clusters.removed_verdict(pairs, threshold, removed)
    values = [verdict.precision, verdict.recall, verdict.pair_f1, verdict.duplicates_precision]
    values += [verdict.duplicates_recall, verdict.others_precision, verdict.others_recall]
    values += [verdict.macro_f1, verdict.published_f1, verdict.accuracy, verdict.adjusted_rand]
    shown = [f"{value:.4f}" for value in values]
    return [name, *shown, str(len(removed)), f"{rightly:.4f}", f"{broken:.4f}"]


class Copies:
    """Documents, each with a copy of which a share of the words is changed."""

    def __init__(self, count: int):
        self.rng = random.Random(SEED)
        pool = corpus.pool(corpus.real_text(), SEED)
        self.rng.shuffle(pool)
        # In other scripts Gristmill's words are not those whose shingles are compared here.
        pool = [text for text, _ in pool if len(text.encode()) < 1.01 * len(text)]
        texts = [text for text in pool if 120 <= len(WORD.findall(text)) <= 2000]
        if len(texts) < count * len(SHARES):
            raise SystemExit(f"{len(texts)} documents will not do for {count} copies of each kind")
        self.words = [word for text in texts[:500] for word in WORD.findall(text)[:40]]
        self.pairs = []
        for number, share in enumerate(itertools.chain.from_iterable([s] * count for s in SHARES)):
            copy = self.changed(texts[number], share)
            left, right = shingles(texts[number]), shingles(copy)
            similarity = len(left & right) / len(left | right)
            self.pairs.append((f"o{number}", texts[number], f"c{number}", copy, share, similarity))

    def changed(self, text: str, share: float) -> str:
        """Another word in place of each chosen one: so many words stay, and in their order."""
        return WORD.sub(
            lambda word: self.rng.choice(self.words) if self.rng.random() < share else word[0], text
        )

    def write(self, path: Path):
        with open(path, "w") as file:
            for original, text, copy, changed, _, _ in self.pairs:
                file.write(json.dumps({"id": original, "text": text}) + "\n")
                file.write(json.dumps({"id": copy, "text": changed}) + "\n")


def curve(options: argparse.Namespace) -> str:
    """The share of the copies that are found, beside what bands and rows promise."""
    work = HERE / ".work" / "changed-words"
    work.mkdir(parents=True, exist_ok=True)
    copies = Copies(options.copies)
    copies.write(work / "documents.jsonl")
    gristmill = Gristmill(options.gristmill)
    text = f"{options.copies} documents of 120 to 2000 words with a copy, for each share of words changed.\n"
    points = {}
    for bands, rows in CURVES:
        settings = {"bands": bands, "rows": rows, "keep": "first"}
        found = {}
        for kind, more in [("candidates", {"minimum-similarity": 0}), ("removed", {})]:
            out = work / f"{bands}x{rows}-{kind}"
            run(gristmill.command(work / "documents.jsonl", out, settings | more), out)
            together = clusters.memberships(clusters.read(out / "clusters.jsonl"))
            found[kind] = [
                pair[2] in together.get(pair[0], ()) for pair in copies.pairs
            ]
        expected = [1 - (1 - pair[5] ** rows) ** bands for pair in copies.pairs]
        points[bands, rows] = (found["candidates"], expected)
        text += f"\n{bands} bands of {rows} rows\n\n"
        text += shares_table(copies.pairs, found, expected)
        text += "\n" + similarity_table(copies.pairs, found, expected)
    plot = HERE / "Results" / f"{date.today()}-near-duplicate-curve.svg"
    plot.parent.mkdir(exist_ok=True)
    plot.write_text(drawing(copies.pairs, points))
    return text


def shares_table(pairs: list, found: dict, expected: list[float]) -> str:
    rows = []
    for share in SHARES:
        chosen = [i for i, pair in enumerate(pairs) if pair[4] == share]
        mean = sum(pairs[i][5] for i in chosen) / len(chosen)
        rows.append([f"{share:.0%}", f"{mean:.3f}", *group(chosen, found, expected)])
    header = ["words changed", "mean Jaccard", "pairs", "candidates", "promised", "± 2 σ", "removed"]
    return table(header, rows)


def similarity_table(pairs: list, found: dict, expected: list[float]) -> str:
    rows = []
    for twentieth in range(4, 20):
        low, high = twentieth / 20, (twentieth + 1) / 20
        chosen = [i for i, p in enumerate(pairs) if low <= p[5] < high or (high == 1 == p[5])]
        if len(chosen) >= 20:
            rows.append([f"{low:.2f} to {high:.2f}", *group(chosen, found, expected)])
    removed = [i for i, is_found in enumerate(found["removed"]) if is_found]
    text = table(["Jaccard", "pairs", "candidates", "promised", "± 2 σ", "removed"], rows)
    for least in (0.5, 0.6, 0.7, 0.8):
        alike = [i for i, pair in enumerate(pairs) if pair[5] >= least]
        precision = clusters.share(sum(pairs[i][5] >= least for i in removed), len(removed))
        recall = clusters.share(sum(found["removed"][i] for i in alike), len(alike))
        text += f"\nRemoved at {least} or above: precision {precision:.3f}, recall {recall:.3f}.\n"
    return text


def group(chosen: list[int], found: dict, expected: list[float]) -> list[str]:
    """Pairs, share that met, share promised with two standard deviations, share removed."""
    count = len(chosen)
    promised = sum(expected[i] for i in chosen) / count
    spread = 2 * sum(expected[i] * (1 - expected[i]) for i in chosen) ** 0.5 / count
    met, removed = (sum(found[kind][i] for i in chosen) / count for kind in ("candidates", "removed"))
    return [str(count), f"{met:.3f}", f"{promised:.3f}", f"{spread:.3f}", f"{removed:.3f}"]


COLOURS = ("#0072b2", "#d55e00", "#009e73")


def drawing(pairs: list, points: dict) -> str:
    """The promised curves as lines, what was found in each twentieth of similarity as dots."""
    left, top, width, height = 60, 20, 600, 400
    across = lambda x: f"{left + width * x:.1f}"  # noqa: E731
    down = lambda y: f"{top + height * (1 - y):.1f}"  # noqa: E731
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="700" height="480" font-family="sans-serif"'
        ' font-size="12"><rect width="700" height="480" fill="white"/>'
    ]
    for tenth in range(11):
        value = tenth / 10
        x, y = across(value), down(value)
        parts.append(f'<path d="M{x} {down(0)}V{down(1)}M{across(0)} {y}H{across(1)}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{top + height + 18}" text-anchor="middle">{value}</text>')
        parts.append(f'<text x="{left - 8}" y="{float(y) + 4}" text-anchor="end">{value}</text>')
    parts.append('<text x="360" y="460" text-anchor="middle">exact Jaccard similarity</text>')
    for colour, ((bands, rows), (found, _)) in zip(COLOURS, points.items()):
        line = [f"{across(s / 200)} {down(1 - (1 - (s / 200) ** rows) ** bands)}" for s in range(201)]
        parts.append(f'<path d="M{"L".join(line)}" stroke="{colour}" fill="none" stroke-width="1.5"/>')
        for twentieth in range(20):
            inside = [i for i, p in enumerate(pairs) if int(min(p[5], 0.999) * 20) == twentieth]
            if len(inside) >= 20:
                similarity = sum(pairs[i][5] for i in inside) / len(inside)
                share = sum(found[i] for i in inside) / len(inside)
                parts.append(
                    f'<circle cx="{across(similarity)}" cy="{down(share)}" r="4" fill="{colour}"/>'
                )
        y = top + 24 + 18 * list(points).index((bands, rows))
        parts.append(f'<text x="80" y="{y}" fill="{colour}">{bands} bands of {rows} rows</text>')
    return "\n".join(parts) + "\n</svg>\n"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    release = HERE.parent / ".build" / "release" / "gristmill"
    parser.add_argument("--gristmill", type=Path, default=release)
    judges = parser.add_subparsers(required=True)
    pairs = judges.add_parser("pairs")
    pairs.add_argument("folder", type=Path)
    pairs.add_argument("--reuse", action="store_true", help="take what earlier runs have found")
    pairs.set_defaults(judge=labelled, name="labelled-pairs")
    changed = judges.add_parser("curve")
    changed.add_argument("--copies", type=int, default=400)
    changed.set_defaults(judge=curve, name="near-duplicate-curve")
    options = parser.parse_args()
    text = options.judge(options)
    results = HERE / "Results"
    results.mkdir(exist_ok=True)
    kept = results / f"{date.today()}-{options.name}.md"
    kept.write_text(text)
    print(f"{text}\nkept in {kept}")


if __name__ == "__main__":
    main()
