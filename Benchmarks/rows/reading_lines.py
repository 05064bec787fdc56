from harness.row import Peer, Row

ROW = Row(
    name="reading-lines",
    title="Reading JSON lines in zstd",
    megabytes=60,
    measure="text",
    gristmill=lambda data, out: ["convert", data.zst, "--output", "/dev/null", "--workers", "1"],
    peers=[
        Peer(
            "datatrove JsonlReader",
            lambda data, out: ["read_datatrove.py", "lines", data.zst],
            environment="datatrove",
            distribution="datatrove",
        ),
        Peer("orjson", lambda data, out: ["read_lines.py", data.zst]),
        Peer(
            "zstd -dc",
            lambda data, out: [
                "zstd",
                "-dcq",
                "--single-thread",
                data.zst,
                "-o",
                "/dev/null",
                "-f",
            ],
            environment=None,
        ),
    ],
    note="Gristmill also writes the documents out again as JSON lines; `zstd -dc` only decompresses"
    " and is the bound.",
)
