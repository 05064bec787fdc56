from harness.row import Peer, Row

ROW = Row(
    name="normal-multilingual",
    title="NFC of normal text in many scripts",
    megabytes=30,
    measure="multilingual",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["normalize", data.multilingual],
    peers=[Peer("unicodedata", lambda data, out: ["normalize.py", data.multilingual], distribution="")],
    note="Gristmill's step also looks at line ends, controls and white space; Python makes"
    " a string of the bytes and normalises it.",
)
