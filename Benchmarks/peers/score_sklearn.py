"""HashingVectorizer and LogisticRegression by scikit-learn: the score of every text.

score_sklearn.py TRAINING SHARD [--pairs]
"""

import argparse
import json

from reporting import Timed, documents, report
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

parser = argparse.ArgumentParser()
parser.add_argument("training")
parser.add_argument("shard")
parser.add_argument("--pairs", action="store_true")
options = parser.parse_args()

vectorizer = HashingVectorizer(n_features=1 << 18, ngram_range=(1, 2 if options.pairs else 1))
with open(options.training) as lines:
    examples = [json.loads(line) for line in lines]
model = LogisticRegression(solver="liblinear")
model.fit(vectorizer.transform(e["text"] for e in examples), [e["label"] for e in examples])
texts = [document["text"] for document in documents(options.shard)]
with Timed() as timed:
    scores = model.predict_proba(vectorizer.transform(texts))[:, 1]
report(timed, f"{len(scores)} texts")
