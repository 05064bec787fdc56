from harness.row import Peer, Row

ROW = Row(
    name="reading-warc",
    title="Reading WARC responses (gzip, a member a record)",
    megabytes=30,
    measure="warc",
    gristmill=lambda data, out: ["convert", data.warc, "--output", "/dev/null", "--workers", "1"],
    peers=[
        Peer(
            "datatrove WarcReader",
            lambda data, out: ["read_datatrove.py", "warc", data.warc],
            environment="datatrove",
            distribution="datatrove",
            megabytes=15,
        ),
        Peer("warcio", lambda data, out: ["read_crawl.py", "warcio", "response", data.warc]),
        Peer("fastwarc", lambda data, out: ["read_crawl.py", "fastwarc", "response", data.warc]),
    ],
    note="MB of HTML. Gristmill and datatrove decide the charset and make documents; warcio and"
    " fastwarc give payloads.",
)
