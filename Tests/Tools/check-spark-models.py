#!/usr/bin/env python3
"""Loads models that we wrote in Spark and compares what Spark says of texts, to the last bit.

    GRISTMILL_SPARK_EXPORT=out swift test --filter SparkExportTests
    python Tests/Tools/check-spark-models.py out

Run by the Python of an environment with PySpark, of each version in turn. Margins and predictions must
be equal; then the model is saved by Spark, loaded again and compared once more.
"""
import json
import os
import sys
import tempfile

os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.ml import PipelineModel
from pyspark.sql import SparkSession

SPARK = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .getOrCreate()
)
SPARK.sparkContext.setLogLevel("ERROR")


def differences(model, expected):
    frame = SPARK.createDataFrame(list(enumerate(expected["texts"])), "id long, text string").coalesce(1)
    rows = model.transform(frame).orderBy("id").collect()
    raw = sum([float(v) for v in row.rawPrediction] != [float(v) for v in e] for row, e in zip(rows, expected["raw"]))
    prediction = sum(row.prediction != e for row, e in zip(rows, expected["prediction"]))
    return len(rows), raw, prediction


def main(folder):
    totals = [0, 0, 0, 0]
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name, "expected.json")) as file:
            expected = json.load(file)
        model = PipelineModel.load(os.path.join(folder, name, "model"))
        count, raw, prediction = differences(model, expected)
        if not name.endswith("legacy-hash"):  # Spark saves the new version's name with the old hash's model
            with tempfile.TemporaryDirectory() as scratch:
                model.write().overwrite().save(scratch)
                again = differences(PipelineModel.load(scratch), expected)
                raw, prediction = raw + again[1], prediction + again[2]
        totals = [a + b for a, b in zip(totals, [1, count, raw, prediction])]
        print(f"{name}: {raw} margins and {prediction} predictions of {count} differ", flush=True)
    print(
        f"Spark {SPARK.version}: {totals[0]} models, {totals[1]} texts, "
        f"{totals[2]} margins and {totals[3]} predictions differ"
    )
    SPARK.stop()
    sys.exit(totals[2] + totals[3] > 0)


main(sys.argv[1])
