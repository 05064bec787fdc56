import json
import subprocess
from pathlib import Path

from harness.row import Peer, Row

GRISTMILL = Path(__file__).resolve().parents[2] / ".build" / "release" / "gristmill"


def auc(data, out) -> str:
    command = [GRISTMILL, "quality", "evaluate", "--model", out, data.judged / "held-out.jsonl"]
    done = subprocess.run([*command, "--json"], capture_output=True, check=True)
    return f"AUC {json.loads(done.stdout)['auc']:.3f}"


def peer(name: str, *options: str) -> Peer:
    return Peer(
        name,
        lambda data, out: ["train_quality.py", data.judged, *options],
        environment="quality",
        distribution="scikit-learn",
    )


ROW = Row(
    name="training-quality",
    title="training a quality model (2^18 features, 1 GB of memory)",
    megabytes=100,
    measure="judged",
    gristmill=lambda data, out: [
        *("quality", "train", "--output", out, "--workers", "1", "--memory", "1G", "--quiet"),
        *("--positive", data.judged / "positive.jsonl"),
        *("--negative", data.judged / "negative.jsonl"),
    ],
    peers=[
        peer("words and pairs, lbfgs", "--pairs", "--solver", "lbfgs"),
        peer("words, lbfgs", "--solver", "lbfgs"),
        peer("words, liblinear", "--solver", "liblinear"),
    ],
    result=auc,
    note="The peer is scikit-learn's HashingVectorizer and LogisticRegression with their defaults, all"
    " features in memory; Gristmill has words and pairs of words in every line. 1 GB is --size 10.",
)
