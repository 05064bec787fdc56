"""How well clusters of documents agree with what is known of the documents."""

import itertools
import json
from collections import Counter
from dataclasses import dataclass
from math import comb
from pathlib import Path

Pair = tuple[str, str]


def read(path: Path) -> list[list[str]]:
    """The clusters of two or more in a clusters.jsonl."""
    with open(path) as lines:
        return [json.loads(line)["cluster"] for line in lines]


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


@dataclass
class Verdict:
    """Figures between 0 and 1."""

    # Pairs of documents in one cluster.
    precision: float
    recall: float
    # A document with its cluster, as text-dedup's benchmark_core.py counts them at 7538f3e.
    duplicates_precision: float
    duplicates_recall: float
    others_precision: float
    others_recall: float
    accuracy: float
    adjusted_rand: float

    @property
    def pair_f1(self) -> float:
        return f1(self.precision, self.recall)

    @property
    def macro_f1(self) -> float:
        duplicates = f1(self.duplicates_precision, self.duplicates_recall)
        return (duplicates + f1(self.others_precision, self.others_recall)) / 2

    @property
    def published_f1(self) -> float:
        """What text-dedup's README calls macro F1: the mean of the two precisions."""
        return (self.duplicates_precision + self.others_precision) / 2


def verdict(documents: list[str], truth: list[list[str]], found: list[list[str]]) -> Verdict:
    true_of, found_of = memberships(truth), memberships(found)
    together = Counter()
    kinds = Counter()
    correct = 0
    for document in documents:
        true_set = true_of.get(document, frozenset([document]))
        found_set = found_of.get(document, frozenset([document]))
        together[id(true_of.get(document)), id(found_of.get(document))] += (
            document in true_of and document in found_of
        )
        correct += true_set == found_set
        if len(found_set) == 1:
            kinds["TN" if len(true_set) == 1 else "FN"] += 1
        else:
            kinds["TP" if len(true_set) > 1 and true_set <= found_set else "FP"] += 1
    both = sum(comb(count, 2) for count in together.values())
    true_pairs = sum(comb(len(cluster), 2) for cluster in truth)
    found_pairs = sum(comb(len(cluster), 2) for cluster in found)
    expected = true_pairs * found_pairs / comb(len(documents), 2)
    return Verdict(
        precision=share(both, found_pairs),
        recall=share(both, true_pairs),
        duplicates_precision=share(kinds["TP"], kinds["TP"] + kinds["FP"]),
        duplicates_recall=share(kinds["TP"], kinds["TP"] + kinds["FN"]),
        others_precision=share(kinds["TN"], kinds["TN"] + kinds["FN"]),
        others_recall=share(kinds["TN"], kinds["TN"] + kinds["FP"]),
        accuracy=correct / len(documents),
        adjusted_rand=(both - expected) / ((true_pairs + found_pairs) / 2 - expected),
    )


def memberships(clusters: list[list[str]]) -> dict[str, frozenset[str]]:
    return {member: cluster for c in clusters for cluster in [frozenset(c)] for member in c}


def removed_verdict(
    similarities: dict[Pair, float], threshold: float, removed: set[str]
) -> tuple[float, float]:
    """Of the removed documents those with a copy at the threshold or above, of such pairs those broken."""
    near = [pair for pair, similarity in similarities.items() if similarity >= threshold]
    copied = set(itertools.chain.from_iterable(near))
    broken = sum(left in removed or right in removed for left, right in near)
    return share(len(removed & copied), len(removed)), share(broken, len(near))
