from harness import labelled
from harness.row import Peer, Row

ROW = Row(
    name="detecting-charsets",
    title="Detecting the charset of labelled files",
    megabytes=40,
    measure="labelled",
    gristmill=lambda data, out: [
        "convert", data.labelled, "--output", out / "documents.jsonl", "--workers", "1",
    ],
    peers=[
        Peer(
            name,
            lambda data, out, name=name: ["detect_charsets.py", name, data.labelled.with_suffix(".tsv"), out],
            environment="charsets",
            megabytes=10,
        )
        for name in ("chardet", "charset_normalizer")
    ],
    result=lambda data, out: labelled.judge(out),
    note="MB of files in chardet's and the Universal Declaration's sets, without labels. Gristmill reads"
    " them from a WARC, decodes them and writes documents; the peers have them in memory and only name"
    " the charset.",
)
