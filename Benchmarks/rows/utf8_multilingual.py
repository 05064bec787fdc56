from harness.row import Peer, Row

ROW = Row(
    name="utf8-multilingual",
    title="UTF-8 validation of text in many scripts",
    megabytes=30,
    measure="multilingual",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["utf8", data.multilingual],
    peers=[
        Peer(
            "simdjson validate_utf8",
            lambda data, out: ["utf8", data.multilingual],
            source="simdjson_peer.cpp",
            library="simdjson",
        )
    ],
    note="In pieces of 64 KiB that the processor's caches hold, as they hold a document just read.",
)
