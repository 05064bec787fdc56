from harness.row import Peer, Row

ROW = Row(
    name="signing",
    title="Signatures (112 min-hashes over word 5-shingles), from text in memory",
    megabytes=40,
    measure="text",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["sign", data.zst],
    peers=[
        Peer(
            "datatrove, its signature stage",
            lambda data, out: ["sign_datatrove.py", data.zst, out],
            environment="datatrove",
            distribution="datatrove",
            megabytes=5,
        ),
        Peer(
            "rensa",
            lambda data, out: ["sign_rensa.py", data.zst],
            distribution="rensa",
            megabytes=20,
        ),
    ],
    note="Texts are in memory on both sides. Each takes its own words: datatrove spaCy's, rensa those of"
    " a regular expression in Python.",
)
