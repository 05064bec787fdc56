#!/usr/bin/env python3
"""Makes PipelineModel folders with Spark, and what they say of texts, for SparkPipelineModelTests.

    python generate-spark-models.py Tests/Fixtures/QualityModel/spark-models-3.5.json

Run by the Python of an environment with the PySpark of that version. Every model is trained on random
texts from a fixed seed; the folders are packed into the one JSON file, each file in base64, together with
the tokens, vectors, margins, probabilities and predictions that Spark has for the texts of the tests.
"""
import base64
import json
import os
import random
import shutil
import sys
import tempfile

os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegression, LogisticRegressionModel
from pyspark.ml.feature import HashingTF, IDF, NGram, RegexTokenizer, StopWordsRemover, Tokenizer
from pyspark.sql import SparkSession

SPARK = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.sql.shuffle.partitions", "1")
    .getOrCreate()
)
SPARK.sparkContext.setLogLevel("ERROR")
JVM = SPARK.sparkContext._jvm
RANDOM = random.Random(20)

COMMON = "the of and to in a is that it was for on are as with his they I at be this have from".split()
OTHERS = "Ölberg naïve straße Übung ΟΔΟΣ ΣΑΣ İstanbul IĞDIR дом Время 東京 한국어 कार्य a1 b_2 42 x".split()
TOPICS = [
    "river mountain forest lake stone valley snow cloud wind leaf".split(),
    "market price share bank profit loan credit money trade tax".split(),
    "goal team coach match season league player score cup win".split(),
]
GAPS = [" "] * 12 + ["  ", "\t", "\n", "\r\n", ", ", ". ", "-", "\u00a0", "\u3000", "'", "; "]


def text(topic):
    parts = []
    for _ in range(RANDOM.randint(3, 30)):
        pool = RANDOM.choice([COMMON, COMMON, TOPICS[topic], TOPICS[topic], OTHERS])
        word = RANDOM.choice(pool)
        parts.append(word.upper() if RANDOM.random() < 0.1 else word)
        parts.append(RANDOM.choice(GAPS))
    return "".join(parts)


TRAINING = [(float(i % 3), float(i % 2), text(i % 3)) for i in range(300)]
TEXTS = ["", " ", "a", " the  river ", "The", "\n\nTHE price.", "ΟΔΟΣ ΟΔΟΣ", "Don't", "I'm IĞDIR"]
TEXTS += [text(i % 3) for i in range(31)]


def tokenizer(**settings):
    return RegexTokenizer(inputCol="text", outputCol="words", **settings)


def plain():
    return Tokenizer(inputCol="text", outputCol="words")


def hashing(count, binary=False, source="words", target="features"):
    return HashingTF(inputCol=source, outputCol=target, numFeatures=count, binary=binary)


def regression(**settings):
    return LogisticRegression(**{"maxIter": 20, "labelCol": "label", **settings})


def chains():
    """The name and the stages of each model."""
    stop = dict(inputCol="words", outputCol="kept")
    yield "binary", [plain(), hashing(256), regression(labelCol="two")]
    yield "binary-l1-threshold", [
        plain(), hashing(997, True), regression(labelCol="two", regParam=0.02, elasticNetParam=1.0, threshold=0.7),
    ]
    yield "stopwords-idf", [
        tokenizer(pattern="\\W+"), StopWordsRemover(locale="en_US", **stop), hashing(200, source="kept", target="tf"),
        IDF(inputCol="tf", outputCol="features", minDocFreq=3),
        regression(labelCol="two", regParam=0.01, elasticNetParam=0.5, thresholds=[0.3, 0.9]),
    ]
    yield "stopwords-turkish", [
        tokenizer(toLowercase=False),
        StopWordsRemover(locale="tr", stopWords=["Iğdır", "İSTANBUL", "THE", "ΟΔΟΣ"], **stop),
        hashing(64, source="kept"), regression(labelCol="two", regParam=0.1),
    ]
    yield "stopwords-exact", [
        tokenizer(pattern="\\w+", gaps=False, toLowercase=False),
        StopWordsRemover(caseSensitive=True, stopWords=["The", "a", "I"], **stop),
        hashing(64, source="kept"), regression(labelCol="two", fitIntercept=False, regParam=0.1),
    ]
    yield "ngram", [
        plain(), NGram(n=2, inputCol="words", outputCol="pairs"), hashing(128, source="pairs"),
        regression(labelCol="two", regParam=0.1, threshold=0.0),
    ]
    yield "regex-ngram", [
        tokenizer(pattern="\\p{L}+|\\p{N}+", gaps=False, minTokenLength=2),
        NGram(n=3, inputCol="words", outputCol="triples"), hashing(128, True, "triples"),
        regression(labelCol="two", regParam=0.1, threshold=1.0),
    ]
    yield "multinomial", [plain(), hashing(100), regression(regParam=0.01)]
    yield "multinomial-l1-idf", [
        tokenizer(pattern="[^\\p{Alnum}\\u00c0-\\uffff]+"), hashing(500, target="tf"),
        IDF(inputCol="tf", outputCol="features"),
        regression(regParam=0.03, elasticNetParam=1.0, thresholds=[0.2, 0.5, 0.0]),
    ]
    yield "multinomial-of-two", [
        plain(), hashing(50), regression(labelCol="two", family="multinomial", regParam=0.05, thresholds=[0.6, 0.4]),
    ]
    yield "one-label", [plain(), hashing(32), regression(labelCol="one")]


def relaid(model, layout):
    """The same model with its coefficients laid out otherwise; these layouts sum in other orders."""
    last = model.stages[-1]
    matrix = last._java_obj.coefficientMatrix()
    matrix = matrix.toSparseColMajor() if layout == "columns" else matrix.toDenseColMajor()
    java = JVM.org.apache.spark.ml.classification.LogisticRegressionModel(
        last.uid, matrix, last._java_obj.interceptVector(), last.numClasses, True
    )
    return PipelineModel(stages=model.stages[:-1] + [LogisticRegressionModel(java)])


def packed(folder):
    files = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, folder)] = base64.b64encode(file.read()).decode()
    return dict(sorted(files.items()))


def aged(folder):
    """Makes the model one of Spark 2.4, whose HashingTF hashed the last bytes otherwise."""
    for root, _, names in os.walk(folder):
        for name in names:
            if name.startswith("part-") and "HashingTF" in root:
                path = os.path.join(root, name)
                with open(path) as file:
                    content = json.load(file)
                content["sparkVersion"] = "2.4.8"
                with open(path, "w") as file:
                    file.write(json.dumps(content) + "\n")
                os.remove(os.path.join(root, "." + name + ".crc"))


def judged(folder):
    model = PipelineModel.load(folder)
    frame = SPARK.createDataFrame(list(enumerate(TEXTS)), "id long, text string").coalesce(1)
    rows = model.transform(frame).orderBy("id").collect()
    features = model.stages[-1].getOrDefault("featuresCol")
    tokens = [s for s in model.stages if isinstance(s, HashingTF)][0].getInputCol()
    return [
        {
            "tokens": row[tokens],
            "indices": [int(i) for i in row[features].indices],
            "values": [float(v) for v in row[features].values],
            "raw": [repr(float(v)) for v in row.rawPrediction],
            "probability": [float(v) for v in row.probability],
            "prediction": row.prediction,
        }
        for row in rows
    ]


def main(output):
    frame = SPARK.createDataFrame([(*row, 1.0) for row in TRAINING], "label double, two double, text string, one double")
    frame = frame.coalesce(1).cache()
    scratch = tempfile.mkdtemp()
    models = {}
    for name, stages in chains():
        models[name] = Pipeline(stages=stages).fit(frame)
    models["multinomial-by-columns"] = relaid(models["multinomial-l1-idf"], "columns")
    models["multinomial-dense"] = relaid(models["multinomial-l1-idf"], "dense")
    models["legacy-hash"] = models["binary"]
    entries = []
    for name, model in models.items():
        folder = os.path.join(scratch, name)
        model.write().overwrite().save(folder)
        if name == "legacy-hash":
            aged(folder)
        entries.append({"name": name, "files": packed(folder), "rows": judged(folder)})
        print(name, flush=True)
    shutil.rmtree(scratch)
    compact = dict(ensure_ascii=True, separators=(",", ":"))
    with open(output, "w") as file:
        head = json.dumps({"spark": SPARK.version, "texts": TEXTS}, **compact)
        file.write(head[:-1] + ',"models":[\n' + ",\n".join(json.dumps(e, **compact) for e in entries) + "\n]}\n")
    SPARK.stop()


main(sys.argv[1])
