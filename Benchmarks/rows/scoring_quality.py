import subprocess
from pathlib import Path

from harness.row import Peer, Row

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "Samples" / "quality"
LABELLED = SAMPLES / "held-out.jsonl"


def sklearn(name: str, *options: str) -> Peer:
    return Peer(
        name,
        lambda data, out: ["score_sklearn.py", LABELLED, data.zst, *options],
        environment="quality",
        distribution="scikit-learn",
    )


FASTTEXT = Peer(
    "fastText, default settings",
    lambda data, out: ["score_fasttext.py", LABELLED, data.zst, out],
    environment="quality",
    distribution="fasttext-wheel",
)
SPARK = Peer(
    "PySpark, local[1], warm",
    lambda data, out: ["score_spark.py", LABELLED, data.zst],
    environment="quality",
    distribution="pyspark",
    megabytes=10,
)
PEERS = [sklearn("words"), sklearn("words and pairs", "--pairs"), FASTTEXT, SPARK]


def spark_model(data) -> Path:
    """A model of the terms that Spark's Tokenizer gives, trained when first asked for."""
    folder = data.folder / "spark-model"
    if not (folder / "weights.bin").exists():
        command = [ROOT / ".build" / "release" / "gristmill", "quality", "train", "--pipeline", "spark"]
        command += ["--positive", SAMPLES / "positive.jsonl", "--negative", SAMPLES / "negative.jsonl"]
        subprocess.run(
            [*command, "--regularization", "0.01", "--output", folder, "--quiet"], check=True
        )
    return folder


ROW = Row(
    name="scoring-quality",
    title="quality scores, words and pairs (2^18 features)",
    megabytes=40,
    measure="text",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["score", data.zst, ROOT / "Pipelines" / "sample-quality"],
    peers=PEERS,
    note="Texts are in memory on both sides. Spark's seconds are its Java process's, after a pass"
    " that warms it up.",
)
SPARK_ROW = Row(
    name="scoring-quality-spark",
    title="quality scores, Spark's Tokenizer and HashingTF (2^18 features)",
    megabytes=40,
    measure="text",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["score", data.zst, spark_model(data)],
    peers=PEERS,
    note="As above, with the terms, hashes and scores of Spark ML.",
)
