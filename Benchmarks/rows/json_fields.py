from harness.row import Peer, Row

ROW = Row(
    name="json-fields",
    title="Fields of uncompressed JSON lines, strings unescaped",
    megabytes=60,
    measure="text",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["records", data.lines],
    peers=[
        Peer(
            "simdjson On-Demand",
            lambda data, out: ["fields", data.lines],
            source="simdjson_peer.cpp",
            library="simdjson",
        )
    ],
    note="Gristmill reads the file meanwhile; simdjson has it in memory before its clock starts.",
)
