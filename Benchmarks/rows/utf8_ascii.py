from harness.row import Peer, Row

ROW = Row(
    name="utf8-ascii",
    title="UTF-8 validation of ASCII",
    megabytes=30,
    measure="ascii",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["utf8", data.ascii],
    peers=[
        Peer(
            "simdjson validate_utf8",
            lambda data, out: ["utf8", data.ascii],
            source="simdjson_peer.cpp",
            library="simdjson",
        )
    ],
    note="In pieces of 64 KiB that the processor's caches hold, as they hold a document just read.",
)
