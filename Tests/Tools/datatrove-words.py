#!/usr/bin/env python3
"""Writes the words that datatrove's filters see, for the tests that compare verdicts with it.

    pip install "datatrove==0.10.1" "spacy>=3.8,<3.9" "xxhash<4" orjson zstandard
    Tests/Tools/datatrove-words.py DATA/conformance/datatrove-oracle [OUTPUT-FOLDER]

Reads docs.jsonl.zst and expected.jsonl.zst, checks the number of words of every document against the
latter, and writes words.jsonl.zst: one {"id", "words"} a line, in the same order.
"""
import io, sys
from pathlib import Path

import orjson, zstandard
from datatrove.utils.text import split_into_words


def rows(path):
    with open(path, "rb") as file:
        stream = zstandard.ZstdDecompressor().stream_reader(file)
        for line in io.TextIOWrapper(stream, encoding="utf-8", newline="\n"):
            yield orjson.loads(line)


folder = Path(sys.argv[1])
output = Path(sys.argv[2] if len(sys.argv) > 2 else folder) / "words.jsonl.zst"
with open(output, "wb") as file, zstandard.ZstdCompressor(level=10).stream_writer(file) as stream:
    for document, expected in zip(rows(folder / "docs.jsonl.zst"), rows(folder / "expected.jsonl.zst")):
        words = split_into_words(document["text"], "eng")
        assert document["id"] == expected["id"] and len(words) == expected["words"], document["id"]
        stream.write(orjson.dumps({"id": document["id"], "words": words}) + b"\n")
