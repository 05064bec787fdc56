"""Writes Tests/Fixtures/QualityModel/spark-regressions.jsonl: logistic regressions that Spark ML fitted.

    PYSPARK_PYTHON=python python Tests/Tools/spark-regressions.py OUTPUT      (pyspark 3.5 or 4, Java 17)

The first line holds the texts, each with a label of four, a label of two and a weight. Every other line
is a model: its settings, as Spark names them, its weights (one list a row), what it made of the
objective, and IDF's numbers where there is one. Coefficients are written in full.
"""

import json
import random
import sys

from pyspark.ml import Pipeline
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import IDF, HashingTF, Tokenizer
from pyspark.sql import SparkSession

FEATURES = 61
TIGHT = {"tol": 1e-13, "maxIter": 3000}
FOUR = {
    "l2": {"regParam": 0.02},
    "l2-tight": {"regParam": 0.02, **TIGHT},
    "l2-raw-tight": {"regParam": 0.02, "standardization": False, **TIGHT},
    "l2-through-zero-tight": {"regParam": 0.02, "fitIntercept": False, **TIGHT},
    "l2-weighted-tight": {"regParam": 0.02, "weightCol": "weight", **TIGHT},
    "l1": {"regParam": 0.01, "elasticNetParam": 1.0},
    "l1-tight": {"regParam": 0.01, "elasticNetParam": 1.0, **TIGHT},
    "elastic": {"regParam": 0.02, "elasticNetParam": 0.4},
    "elastic-tight": {"regParam": 0.02, "elasticNetParam": 0.4, **TIGHT},
    "elastic-raw-tight": {
        "regParam": 0.02, "elasticNetParam": 0.4, "standardization": False, **TIGHT,
    },
    "unpenalized": {"regParam": 0.0, "maxIter": 10},
    "thresholds": {"regParam": 0.05, "thresholds": [0.1, 0.4, 0.2, 0.3]},
    "idf-tight": {"regParam": 0.02, "idf": 0, **TIGHT},
    "idf-minimum-tight": {"regParam": 0.02, "idf": 20, "elasticNetParam": 0.3, **TIGHT},
}
TWO = {
    "two-multinomial-tight": {"regParam": 0.02, "family": "multinomial", **TIGHT},
    "two-raw-weighted-tight": {
        "regParam": 0.02, "elasticNetParam": 0.2, "standardization": False, "weightCol": "weight",
        **TIGHT,
    },
    "two-through-zero-tight": {
        "regParam": 0.01, "elasticNetParam": 0.7, "fitIntercept": False, **TIGHT,
    },
    "two-idf-tight": {"regParam": 0.02, "idf": 5, **TIGHT},
    "two-idf": {"regParam": 0.02, "idf": 5},
}


def texts(seed: int) -> list[dict]:
    draw = random.Random(seed)
    words = [f"w{number}" for number in range(70)]
    made = []
    for number in range(360):
        label = draw.choices(range(4), [4, 3, 2, 1])[0]
        count = draw.randint(3, 25)
        own = [f"w{number}" for number in range(6 * label, 6 * label + 9)]
        text = [draw.choice(own if draw.random() < 0.25 else words) for _ in range(count)]
        made.append(
            {
                "text": " ".join(text),
                "label": label,
                "second": int((label >= 2) != (draw.random() < 0.1)),
                "weight": 0.5 + number % 4 / 2,
            }
        )
    return made


def main():
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    made = texts(20)
    rows = [(t["text"], float(t["label"]), float(t["second"]), t["weight"]) for t in made]
    schema = "text string, label double, second double, weight double"
    frame = spark.createDataFrame(rows, schema).coalesce(1).cache()
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps({"spark": spark.version, "features": FEATURES, "texts": made}) + "\n")
        for column, models in (("label", FOUR), ("second", TWO)):
            for name, settings in models.items():
                file.write(json.dumps(fitted(frame, name, column, settings)) + "\n")
    spark.stop()


def fitted(frame, name: str, column: str, settings: dict) -> dict:
    parameters = {key: value for key, value in settings.items() if key != "idf"}
    stages = [
        Tokenizer(inputCol="text", outputCol="words"),
        HashingTF(inputCol="words", outputCol="counts", numFeatures=FEATURES),
    ]
    if "idf" in settings:
        stages.append(IDF(inputCol="counts", outputCol="features", minDocFreq=settings["idf"]))
    source = "features" if "idf" in settings else "counts"
    stages.append(LogisticRegression(featuresCol=source, labelCol=column, **parameters))
    model = Pipeline(stages=stages).fit(frame)
    regression = model.stages[-1]
    line = {
        "name": name,
        "label": column,
        "settings": settings,
        "weights": regression.coefficientMatrix.toArray().tolist(),
        "intercepts": regression.interceptVector.toArray().tolist(),
        "objectives": list(regression.summary.objectiveHistory),
        "predictions": [int(r.prediction) for r in model.transform(frame).collect()],
    }
    if "idf" in settings:
        line["idf"] = model.stages[-2].idf.toArray().tolist()
    return line


main()
