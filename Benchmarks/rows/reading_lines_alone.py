from harness.row import Peer, Row

ROW = Row(
    name="reading-lines-alone",
    title="Reading JSON lines in zstd, without writing",
    megabytes=60,
    measure="text",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["records", data.zst],
    peers=[
        Peer(
            "datatrove JsonlReader",
            lambda data, out: ["read_datatrove.py", "lines", data.zst],
            environment="datatrove",
            distribution="datatrove",
        ),
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
    note="Gristmill gives records: text, id, metadata and the rest; `zstd -dc` only decompresses.",
)
