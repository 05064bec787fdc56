"""Good and bad documents of any number, with known labels, for training and judging a quality model.

Documents are runs of sentences from the labelled texts that developers test with (users do not have
them); up to two thirds of the sentences come from the other label and some words are exchanged, so
that no two documents are alike and the labels cannot be told apart for certain. Sentences of the texts set aside
for tests make the held-out documents.
"""

import json
import random
import re
import subprocess
from pathlib import Path

FILES = ["reference_vs_noise", "main_vs_boilerplate"]
HELD_OUT_SHARE = 0.05
CUT = re.compile(r"(?<=[.!?])\s+|\n+")


def folder(text: Path | None) -> Path | None:
    """The folder of labelled texts beside that of the text shards."""
    quality = text.parent / "quality" if text else None
    return quality if quality and quality.is_dir() else None


def sentences(root: Path) -> dict[tuple[bool, int], list[str]]:
    """By whether they are for training, and by label."""
    found: dict[tuple[bool, int], list[str]] = {}
    for name in FILES:
        path = root / f"{name}.jsonl.zst"
        lines = subprocess.run(["zstd", "-dc", path], capture_output=True, check=True).stdout
        for line in lines.splitlines():
            document = json.loads(line)
            key = (document["split"] == "train", document["label"])
            found.setdefault(key, []).extend(s for s in CUT.split(document["text"]) if s)
    return found


class Writer:
    def __init__(self, root: Path, seed: int):
        self.rng = random.Random(f"judged {seed}")
        self.sentences = sentences(root)
        self.words = " ".join(self.rng.choices(self.sentences[True, 1], k=2000)).split()

    def document(self, label: int, is_training: bool) -> str:
        draw = self.rng.random
        own = self.sentences[is_training, label]
        other = self.sentences[is_training, 1 - label]
        wanted, parts, length = 300 + int(min(20_000, self.rng.expovariate(1 / 4500))), [], 0
        foreign = 0.15 + 0.5 * draw()
        while length < wanted:
            pool = other if draw() < foreign else own
            sentence = pool[int(draw() * len(pool))]
            words = sentence.split(" ")
            words[int(draw() * len(words))] = self.words[int(draw() * len(self.words))]
            sentence = " ".join(words)[:2000]
            parts.append(sentence)
            length += len(sentence)
        return " ".join(parts)

    def write(self, target: Path, byte_count: int) -> int:
        """Writes positive.jsonl, negative.jsonl and held-out.jsonl; returns the bytes trained on."""
        written = number = 0
        with (
            open(target / "positive.jsonl", "w") as positive,
            open(target / "negative.jsonl", "w") as negative,
            open(target / "held-out.jsonl", "w") as held_out,
        ):
            while written < byte_count:
                is_training = self.rng.random() >= HELD_OUT_SHARE
                label = number % 2
                text = self.document(label, is_training)
                line = json.dumps({"id": number, "text": text, "label": label}, ensure_ascii=False)
                file = (positive if label else negative) if is_training else held_out
                file.write(line + "\n")
                written += len(text.encode()) if is_training else 0
                number += 1
        return written
