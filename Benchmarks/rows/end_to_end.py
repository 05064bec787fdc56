import struct
from pathlib import Path

from harness.row import Peer, Row

PIPELINE = Path(__file__).resolve().parents[2] / "Pipelines" / "crawl.yaml"


def packed(data, out) -> str:
    """Documents and tokens of all Megatron shards, from their headers and sizes."""
    documents = tokens = 0
    for index in sorted((out / "shards").rglob("*.idx")):
        with open(index, "rb") as file:
            code, sequences = struct.unpack_from("<BQ", file.read(26), 17)
        documents += sequences
        tokens += index.with_suffix(".bin").stat().st_size // {8: 2, 4: 4}[code]
    return f"{documents} documents, {tokens} tokens"


ROW = Row(
    name="end-to-end",
    title="End to end: JSON lines, quality filters, near-duplicates, tokens in Megatron shards",
    megabytes=3,
    measure="text",
    gristmill=lambda data, out: [
        *("run", PIPELINE, "--input", data.zst, "--output", out, "--workers", "1"),
    ],
    peers=[
        Peer(
            "datatrove",
            lambda data, out: ["end_to_end_datatrove.py", data.zst, data.tokenizer, out],
            environment="datatrove",
        ),
    ],
    result=packed,
    note="Gristmill trains its vocabulary on the way; datatrove is given one. The filters differ in"
    " detail, so the documents do.",
)
