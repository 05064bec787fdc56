from harness.row import Peer, Row

ROW = Row(
    name="reading-payloads",
    title="Payloads of WARC responses, without charset work",
    megabytes=30,
    measure="warc",
    program="kernel-benchmarks",
    gristmill=lambda data, out: ["records", data.warc],
    peers=[
        Peer("fastwarc", lambda data, out: ["read_crawl.py", "fastwarc", "response", data.warc]),
        Peer("warcio", lambda data, out: ["read_crawl.py", "warcio", "response", data.warc]),
    ],
    note="MB of HTML. All give the payload of each response.",
)
