from harness.row import Peer, Row

ROW = Row(
    name="naming-charsets",
    title="Naming the charset of labelled files, in memory",
    megabytes=10,
    measure="labelled",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["charset", data.labelled],
    peers=[
        Peer(
            name,
            lambda data, out, name=name: ["detect_charsets.py", name, data.labelled.with_suffix(".tsv"), out],
            environment="charsets",
        )
        for name in ("chardet", "charset_normalizer")
    ],
    note="The same files as above; all have them in memory and only name the charset. Gristmill's time"
    " holds the making of its tables; see the row above for what is right.",
)
