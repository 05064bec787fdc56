"""HashingVectorizer and LogisticRegression by scikit-learn, on good and bad documents.

train_quality.py FOLDER [--pairs] [--solver NAME]
"""

import argparse
import json
from pathlib import Path

from reporting import Timed, report
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=Path)
parser.add_argument("--pairs", action="store_true")
parser.add_argument("--solver", default="lbfgs")
options = parser.parse_args()


def documents(name: str):
    with open(options.folder / f"{name}.jsonl") as lines:
        yield from map(json.loads, lines)


labels = []


def texts():
    for name in ("positive", "negative"):
        for document in documents(name):
            labels.append(document["label"])
            yield document["text"]


vectorizer = HashingVectorizer(
    n_features=1 << 18, ngram_range=(1, 2 if options.pairs else 1)
)
model = LogisticRegression(solver=options.solver)
with Timed() as timed:
    rows = vectorizer.transform(texts())
    model.fit(rows, labels)
held_out = list(documents("held-out"))
scores = model.decision_function(vectorizer.transform(d["text"] for d in held_out))
auc = roc_auc_score([d["label"] for d in held_out], scores)
report(timed, f"AUC {auc:.3f}, {model.n_iter_[0]} iterations")
