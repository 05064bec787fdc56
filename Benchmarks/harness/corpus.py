"""The documents every row reads: real text when it is there, else synthetic, with near-duplicates.

Up to the size of the pool the documents are the pool's own; beyond it they are runs of sentences
from different documents of one source, so they are natural text and no near-duplicates of each
other. A tenth of the documents gets an edited copy, and the copies are known.
"""

import json
import os
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .synthetic import Writer

BOILERPLATE = [
    "Skip to main content. Sign in. Subscribe to our newsletter and get the latest updates.",
    "We use cookies to improve your experience on this site. Read our privacy policy.",
    "All rights reserved. Terms of use. Contact us. About us. Careers.",
    "Share this article with your friends. Print this page. Send it by mail.",
]
SYNTHETIC_POOL_BYTES = 16_000_000


def real_text() -> Path | None:
    """The folder of the text shards that developers test with; users do not have it."""
    repository = Path(__file__).resolve().parents[2]
    for root in (os.environ.get("GRISTMILL_DATA"), repository.parent / "shared" / "data"):
        if root and list(Path(root, "text").glob("*.jsonl.zst")):
            return Path(root, "text")
    return None


def lines(paths: list[Path]) -> Iterator[dict]:
    """The documents of JSON-lines files in zstd."""
    for path in paths:
        packed = subprocess.run(["zstd", "-dc", path], capture_output=True, check=True).stdout
        for line in packed.splitlines():
            yield json.loads(line)


def pool(folder: Path | None, seed: int) -> list[tuple[str, str]]:
    """Texts with the name of their source."""
    if folder is None:
        writer, texts, size = Writer(seed), [], 0
        while size < SYNTHETIC_POOL_BYTES:
            texts.append((writer.page(), f"synthetic-{len(texts) % 20}"))
            size += len(texts[-1][0])
        return texts
    texts = []
    for path in sorted(folder.glob("*.jsonl.zst")):
        for document in lines([path]):
            text = document["text"].encode("utf-8", "replace").decode()
            texts.append((text, f"{path.name}:{document['source']}"))
    return texts


class Corpus:
    """Documents with known near-duplicates; the same arguments give the same documents."""

    def __init__(self, texts: list[tuple[str, str]], seed: int, duplicate_share: float = 0.1):
        self.rng = random.Random(f"corpus {seed}")
        self.duplicate_share = duplicate_share
        self.texts = texts[:]
        self.rng.shuffle(self.texts)
        self.truth: list[dict] = []  # {"id", "copy-of", "kind"}
        self.words = re.findall(r"[A-Za-z]{3,10}", " ".join(t[:500] for t, _ in self.texts[:2000]))

    def documents(self, byte_count: int) -> Iterator[dict]:
        """Documents of at least `byte_count` bytes of text in all; fills `truth` as it goes."""
        written, waiting = 0, []
        for number, (text, source) in enumerate(self._originals()):
            if written >= byte_count:
                break
            document = {"id": f"d{number:08d}", "text": text, "source": source}
            written += len(text.encode())
            yield document
            if self.rng.random() < self.duplicate_share:
                kind, copy = self._edited(text)
                waiting.append({"id": document["id"] + "x", "text": copy, "source": source})
                self.truth.append(
                    {"id": waiting[-1]["id"], "copy-of": document["id"], "kind": kind}
                )
                written += len(copy.encode())
            if waiting and (len(waiting) > 200 or self.rng.random() < 0.05):
                yield waiting.pop(self.rng.randrange(len(waiting)))
        yield from waiting

    def _originals(self) -> Iterator[tuple[str, str]]:
        yield from self.texts
        sentences: dict[str, list[str]] = {}
        for text, source in self.texts:
            parts = re.split(r"(?<=[.!?。！？])\s+|\n{2,}", text)
            sentences.setdefault(source, []).extend([p for p in parts if 20 < len(p) < 2000][:400])
        sources = [source for source, parts in sentences.items() if len(parts) > 50]
        lengths = [min(len(text), 60_000) for text, _ in self.texts]
        while True:
            source, wanted, parts = self.rng.choice(sources), self.rng.choice(lengths), []
            while wanted > 0:
                parts.append(self.rng.choice(sentences[source]))
                wanted -= len(parts[-1])
            yield self.rng.choice([" ", "\n\n", "\n\n"]).join(parts), source

    def _edited(self, text: str) -> tuple[str, str]:
        kinds = ["edit-1", "edit-2", "edit-5", "boilerplate", "cut", "spaces", "exact"]
        kind = self.rng.choice(kinds)
        if kind.startswith("edit"):
            return kind, self._with_words_changed(text, int(kind[5:]) / 100)
        if kind == "boilerplate":
            before, after = self.rng.choices(BOILERPLATE, k=2)
            return kind, f"{before}\n\n{text}\n\n{after}"
        if kind == "cut":
            return kind, text[: int(len(text) * self.rng.uniform(0.8, 0.95))]
        if kind == "spaces":
            return kind, text.replace(", ", " ,").replace("\n", "\n\n")
        return kind, text

    def _with_words_changed(self, text: str, share: float) -> str:
        parts = re.split(r"(\s+)", text)
        for position in range(0, len(parts), 2):
            if parts[position] and self.rng.random() < share:
                word = self.rng.choice(self.words)
                parts[position] = self.rng.choice([word, word, "", f"{parts[position]} {word}"])
        return "".join(parts)
