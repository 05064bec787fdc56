from harness.row import Peer, Row

ROW = Row(
    name="reading-wet",
    title="Reading WET (gzip, a member a record)",
    megabytes=30,
    measure="text",
    gristmill=lambda data, out: ["convert", data.wet, "--output", "/dev/null", "--workers", "1"],
    peers=[
        Peer(
            "datatrove WarcReader",
            lambda data, out: ["read_datatrove.py", "warc", data.wet],
            environment="datatrove",
            distribution="datatrove",
            megabytes=15,
        ),
        Peer("warcio", lambda data, out: ["read_crawl.py", "warcio", "conversion", data.wet]),
        Peer("fastwarc", lambda data, out: ["read_crawl.py", "fastwarc", "conversion", data.wet]),
    ],
    note="Gristmill and datatrove make documents of the records; warcio and fastwarc give"
    " payloads.",
)
