"""Spark ML's Tokenizer, HashingTF and LogisticRegressionModel in local mode: the score of every text.

score_spark.py TRAINING SHARD

The CPU seconds are the Java process's, after one pass that warms it up.
"""

import json
import os
import sys
from pathlib import Path

os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.ml import Pipeline  # noqa: E402
from pyspark.ml.classification import LogisticRegression  # noqa: E402
from pyspark.ml.feature import HashingTF, Tokenizer  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from reporting import documents  # noqa: E402

training, shard = sys.argv[1:]
spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "3g")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
TICKS = os.sysconf("SC_CLK_TCK")


def java_seconds() -> float:
    pid = spark.sparkContext._gateway.proc.pid
    seconds = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if pid in (int(stat.parent.name), int(fields[1])):
            seconds += (int(fields[11]) + int(fields[12])) / TICKS
    return seconds


with open(training) as lines:
    rows = [(d["text"], float(d["label"])) for d in map(json.loads, lines)]
pipeline = Pipeline(
    stages=[
        Tokenizer(inputCol="text", outputCol="words"),
        HashingTF(inputCol="words", outputCol="features"),
        LogisticRegression(regParam=0.01, maxIter=20),
    ]
)
model = pipeline.fit(spark.createDataFrame(rows, ["text", "label"]))
texts = [(document["text"],) for document in documents(shard)]
frame = spark.createDataFrame(texts, ["text"]).repartition(8).cache()
frame.count()
score = model.transform(frame).selectExpr("sum(prediction)")
score.collect()
start = java_seconds()
score.collect()
seconds = java_seconds() - start
spark.stop()
print(json.dumps({"cpu_seconds": seconds, "result": f"{len(texts)} texts"}), flush=True)
