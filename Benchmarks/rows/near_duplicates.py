import json

from harness.row import Peer, Row


def found(data, out) -> str:
    with open(out / "removed.jsonl") as lines:
        removed = {json.loads(line)["id"] for line in lines}
    pairs = data.truth.items()
    hits = sum(copy in removed or original in removed for copy, original in pairs)
    return f"{len(removed)} removed, {100 * hits / max(1, len(pairs)):.1f} % of the copies"


ROW = Row(
    name="near-duplicates",
    title="Near-duplicates (MinHash LSH, word 5-shingles), from files to survivors",
    megabytes=20,
    measure="text",
    gristmill=lambda data, out: ["deduplicate", data.zst, "--output", out, "--workers", "1"],
    peers=[
        Peer(
            "datatrove, four stages",
            lambda data, out: ["duplicates_datatrove.py", data.zst, out],
            environment="datatrove",
            distribution="datatrove",
            megabytes=20,
        ),
        Peer(
            "text-dedup",
            lambda data, out: ["duplicates_textdedup.py", data.zst, out],
            environment="textdedup",
            distribution="text-dedup",
            megabytes=5,
        ),
        Peer("rensa", lambda data, out: ["duplicates_rensa.py", data.zst, out]),
        Peer("datasketch", lambda data, out: ["duplicates_datasketch.py", data.zst, out]),
    ],
    result=found,
    note="Gristmill, datatrove and text-dedup write the surviving documents; rensa and datasketch only"
    " name the others.",
)
