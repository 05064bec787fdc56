from harness.row import Peer, Row

ROW = Row(
    name="normal-ascii",
    title="NFC of ASCII, which is normal already",
    megabytes=30,
    measure="ascii",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["normalize", data.ascii],
    peers=[Peer("unicodedata", lambda data, out: ["normalize.py", data.ascii], distribution="")],
    note="Gristmill's step also looks at line ends, controls and white space; Python makes"
    " a string of the bytes and normalises it.",
)
