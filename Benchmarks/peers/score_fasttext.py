"""A supervised fastText model with its default settings: the score of every text.

score_fasttext.py TRAINING SHARD FOLDER
"""

import json
import sys
from pathlib import Path

import fasttext
from reporting import Timed, documents, report

training, shard, folder = sys.argv[1:]
examples = Path(folder) / "fasttext.txt"
examples.parent.mkdir(parents=True, exist_ok=True)
with open(training) as lines, open(examples, "w") as file:
    for line in lines:
        document = json.loads(line)
        text = " ".join(document["text"].split())
        file.write(f"__label__{document['label']} {text}\n")
model = fasttext.train_supervised(str(examples), thread=1, verbose=0)
texts = [document["text"].replace("\n", " ") for document in documents(shard)]
with Timed() as timed:
    # The function below predict() of the module, which NumPy 2 breaks.
    for text in texts:
        model.f.predict(text + "\n", -1, 0.0, "strict")
report(timed, f"{len(texts)} texts")
