#!/usr/bin/env python3
"""Small fastText models and what fastText predicts with them, as
Tests/QualityModelTests/Generated/FastTextGold.swift.

    pip install fasttext-wheel==0.9.2
    python3 Tests/Tools/generate-fasttext-gold.py

One JSON line a model: a name, the file (base64), its labels, and the probabilities of each
text (with a stride, of every so many) as the bits of floats, labels in the model's order; a label
that predict leaves out has 0. The first line holds the texts, as base64, which may hold newlines: predict gets spaces in their place.
"""
import base64
import json
import pathlib
import random
import struct
import tempfile

import fasttext

OUTPUT = pathlib.Path(__file__).parents[1] / "QualityModelTests/Generated/FastTextGold.swift"
STEMS = "bread stone river naïve größe été water 日本語 слово мир light 🙂 iron über salt".split()

TEXTS = [
    "", " ", "\n", "bread", "bread stone river", "river stone bread", "unknown words only zzz",
    "bread\nstone\n\nriver\n", "\n\nbread", "bread\tstone\rriver\vwater\firon", "bread\0stone\0\0salt",
    "naïve größe été über", "日本語 слово мир 🙂", "日本 слов мирр 🙂🙂", "bread stone </s> river water salt",
    "</s>", "</s> bread", "bread </s>", "</s>bread bread</s>", "__label__0 bread", "bread __label__1 stone",
    "__label__unseen bread stone", "__label__ bread", "x__label__0 bread", "_ bread __",
    "bread\u00a0stone", "bread\u2003stone\u3000river", "Bread STONE", "bread, stone. river!", "\u001cbread",
    "bread " * 40, "a", "ab", "é", "日", "🙂", "<bread>", "<", ">", "e\u0301te\u0301",
    "iron " * 1500 + "salt",
    "\u007f\u0080 \u00ff \uffff \U0010ffff", " bread  stone   river ",
]


def corpus(random_numbers, label_count, prefix="__label__"):
    lines = []
    for row in range(max(60, label_count)):
        label = row % label_count
        words = random_numbers.choices(STEMS[label % 8:label % 8 + 8], k=random_numbers.randint(1, 9))
        labels = f"{prefix}{label}"
        if row % 7 == 0:
            labels += f" {prefix}{(label + 1) % label_count}"
        lines.append(f"{labels} {' '.join(words)}")
    # Labels that occur unequally often give the tree of hierarchical softmax a shape.
    lines += [f"{prefix}0 bread stone"] * 9 + [f"{prefix}{label_count - 1} salt"] * 4
    return "\n".join(lines) + "\n"


def bits(value):
    return struct.unpack("<I", struct.pack("<f", value))[0]


def probabilities(model, text):
    # What `predict` calls after its checks; with numpy 2 it fails on the way back.
    found = {name: value for value, name in
             model.f.predict(text.replace("\n", " ") + "\n", -1, 0.0, "strict")}
    return [bits(found.get(name, 0.0)) for name in model.labels]


def gold(name, folder, label_count=2, quantize=None, prefix="__label__", stride=1, **options):
    source = folder / "corpus.txt"
    source.write_text(corpus(random.Random(name), label_count, prefix), encoding="utf-8")
    options = {"dim": 6, "epoch": 12, "lr": 0.5, "thread": 1, "bucket": 50, "minCount": 1,
               "verbose": 0, "label": prefix} | options
    model = fasttext.train_supervised(str(source), **options)
    if quantize is not None:
        model.quantize(input=str(source), verbose=0, thread=1, **quantize)
    path = folder / "model"
    model.save_model(str(path))
    # What predicts is the file, so that nothing but the file decides.
    model = fasttext.load_model(str(path))
    return {
        "name": name,
        "file": base64.b64encode(path.read_bytes()).decode(),
        "labels": [label.removeprefix("__label__") for label in model.labels],
        "dimension": model.get_dimension(),
        "stride": stride,
        "probabilities": [probabilities(model, text) for text in TEXTS[::stride]],
    }


def models(folder):
    yield gold("softmax", folder)
    yield gold("softmax-5", folder, label_count=5, dim=19)
    yield gold("hs", folder, loss="hs")
    yield gold("hs-7", folder, label_count=7, loss="hs", lr=1.0, epoch=40)
    yield gold("hs-1", folder, label_count=1, loss="hs")
    yield gold("ns", folder, label_count=3, loss="ns")
    yield gold("ova", folder, label_count=4, loss="ova", dim=1)
    yield gold("ova-sure", folder, label_count=2, loss="ova", lr=1.0, epoch=100)
    yield gold("bigrams", folder, wordNgrams=2)
    yield gold("trigrams", folder, wordNgrams=3, bucket=64, loss="ova")
    yield gold("subwords", folder, minn=2, maxn=4)
    yield gold("single-characters", folder, minn=0, maxn=1, wordNgrams=2, label_count=3)
    yield gold("subwords-hs", folder, minn=1, maxn=3, wordNgrams=3, loss="hs", label_count=4)
    yield gold("few-words", folder, minCount=30)
    yield gold("no-words", folder, minCount=1000, minn=2, maxn=3)
    yield gold("no-end-of-sentence", folder, minCount=74, minn=3, maxn=3, wordNgrams=2)
    yield gold("own-prefix", folder, prefix="#")
    # Product quantisation needs 256 rows at least.
    wide = {"bucket": 300, "wordNgrams": 2}
    yield gold("quantised", folder, quantize={"qnorm": False, "dsub": 2}, **wide)
    yield gold("quantised-norm", folder, quantize={"qnorm": True, "dsub": 2}, dim=5, **wide)
    yield gold("quantised-parts-3", folder, quantize={"qnorm": True, "dsub": 3}, dim=8, **wide)
    yield gold("quantised-one-part", folder, quantize={"qnorm": False, "dsub": 4}, dim=4,
               minn=2, maxn=3, **wide)
    yield gold("pruned", folder, quantize={"qnorm": True, "cutoff": 260}, **wide)
    yield gold("pruned-hs", folder, quantize={"cutoff": 270}, loss="hs", label_count=4, **wide)
    yield gold("pruned-subwords", folder, quantize={"qnorm": True, "cutoff": 280, "retrain": True},
               minn=2, maxn=3, **wide)
    # A quantised output needs 256 labels.
    yield gold("quantised-output", folder, label_count=260, dim=4, epoch=3, stride=8,
               quantize={"qnorm": False, "qout": True}, **wide)
    yield gold("quantised-output-norm", folder, label_count=257, dim=3, epoch=3, stride=8,
               loss="hs",
               quantize={"qnorm": True, "qout": True}, **wide)


def main():
    texts = [base64.b64encode(text.encode()).decode() for text in TEXTS]
    with tempfile.TemporaryDirectory() as folder:
        lines = [json.dumps({"texts": texts})]
        lines += [json.dumps(model) for model in models(pathlib.Path(folder))]
    body = "\n".join("    " + line for line in lines)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(
        "// swift-format-ignore-file\n\n"
        "/// Written by Tests/Tools/generate-fasttext-gold.py: models that fastText 0.9.2 trained, and\n"
        "/// what it predicts with them.\n"
        f'enum FastTextGold {{\n  static let lines = ##"""\n{body}\n    """##\n}}\n',
        encoding="utf-8")


main()
