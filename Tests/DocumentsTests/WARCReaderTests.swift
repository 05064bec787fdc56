import Documents
import TestSupport
import Testing

struct WARCReaderTests {
  @Test func `a response becomes a record with all its headers say`() throws {
    let head = "Content-Type: Text/HTML; Charset=\"ISO-8859-2\"\r\nServer: x\r\n"
    let warc = Packing.warc(
      "response", Packing.page("<p>hi</p>", head: head), id: "r1",
      fields: [
        "warc-target-uri: <http://example.org/a?b=c>", "WARC-Date: 2024-02-03T04:05:06Z",
        "Content-Type: application/http; msgtype=response",
      ])
    let record = try #require(try ReadSummary(warc).records.first)
    #expect(String(decoding: record.payload, as: UTF8.self) == "<p>hi</p>")
    #expect(record.id == "urn:uuid:r1")
    #expect(record.url == "http://example.org/a?b=c")
    #expect(record.created == "2024-02-03T04:05:06Z")
    #expect((record.mediaType, record.declaredCharset) == ("text/html", "ISO-8859-2"))
    #expect((record.place.byteOffset, record.byteCount) == (0, warc.utf8.count))
    #expect(
      String(decoding: record.metadata.members, as: UTF8.self)
        == #""url":"http://example.org/a?b=c","status":200,"#
        + #""content_type":"Text/HTML; Charset=\"ISO-8859-2\"""#)
  }

  @Test(
    arguments: [
      (Packing.warc("conversion", "text", fields: ["Content-Type: text/plain"]), ["text"], [:]),
      (Packing.warc("conversion", "text"), ["text"], [:]),
      (Packing.warc("resource", "text", fields: ["Content-Type: text/markdown"]), ["text"], [:]),
      (
        Packing.warc("resource", "p{}", fields: ["Content-Type: text/css"]), [],
        ["media-type-text": 1]
      ),
      (
        Packing.warc("resource", "x", fields: ["Content-Type: image/png"]), [],
        ["media-type-image": 1]
      ),
      (Packing.warc("request", "GET / HTTP/1.1\r\n\r\n"), [], ["warc-request": 1]),
      (Packing.warc("warcinfo", "software: x"), [], ["warc-warcinfo": 1]),
      (Packing.warc("revisit", ""), [], ["warc-revisit": 1]),
      (Packing.warc("metadata", "{}"), [], ["warc-metadata": 1]),
      (Packing.warc("continuation", "x"), [], ["warc-continuation": 1]),
      (Packing.warc("my-own", "x"), [], ["warc-other-type": 1]),
      (Packing.warc("response", "x", fields: ["WARC-Target-URI: dns:a.b"]), [], ["warc-dns": 1]),
      (Packing.warc("response", "hello"), [], ["malformed bad-http-header": 1]),
      (
        Packing.warc("response", "20 x", fields: ["Content-Type: application/gemini"]), [],
        ["media-type-application": 1]
      ),
      (
        Packing.warc("response", Packing.page("a", head: "Content-Type: text/plain\r\n")), ["a"],
        [:]
      ),
      (
        Packing.warc("response", Packing.page("a", head: "Content-Type: image/gif\r\n")), [],
        ["media-type-image": 1]
      ),
      (
        Packing.warc("response", Packing.page("a", head: "content-type: x/y\r\n")), [],
        ["media-type-other": 1]
      ),
      (Packing.warc("response", Packing.page(" <p>", head: "")), [" <p>"], [:]),
      (Packing.warc("response", Packing.page("GIF89a", head: "")), [], ["media-type-absent": 1]),
      (
        Packing.warc("response", Packing.page("<p>", head: "Content-Type: unknown\r\n")), ["<p>"],
        [:]
      ),
      (
        Packing.warc("response", "HTTP/1.1 404 Not Found\nContent-Type: text/html\n\ngone"),
        ["gone"], [:]
      ),
      (Packing.warc("response", "HTTP/2 200\r\nContent-Type:\r\n text/html\r\n\r\nx"), ["x"], [:]),
    ] as [(String, [String], [String: Int])])
  func `records are told apart by type and media type`(
    warc: String, texts: [String], counts: [String: Int]
  ) throws {
    let after = Packing.warc("conversion", "after")
    let summary = try ReadSummary(warc + after)
    #expect(summary.texts == texts + ["after"])
    #expect(summary.counts == counts)
  }

  @Test(arguments: ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1", "warc/1.0"], ["\r\n", "\n"])
  func `all versions and both line ends are read`(version: String, lineEnd: String) throws {
    let one = Packing.warc("conversion", "one\n\n", id: "1", lineEnd: lineEnd, version: version)
    let two = Packing.warc("conversion", "two", id: "2", lineEnd: lineEnd, version: version)
    let summary = try ReadSummary("\r\n" + one + two)
    #expect(summary.texts == ["one\n\n", "two"])
    #expect(summary.counts == ["blank-line": 1])
  }

  @Test(arguments: [3, 11, 12, 5000, 99_999_999, 999_999_999_999, Int.max], [false, true])
  func `a wrong length costs its own record only`(length: Int, isLast: Bool) throws {
    let good = Packing.warc("conversion", "good", id: "g")
    let bad = Packing.warc("conversion", "some text\nmore", id: "b", length: length)
    let summary = try ReadSummary(good + bad + (isLast ? "" : good))
    #expect(summary.texts == (isLast ? ["good"] : ["good", "good"]))
    let code = isLast && length > 20 ? "damaged truncated" : "malformed bad-content-length"
    #expect(summary.counts == [code: 1], "\(summary.malformed) \(summary.errors)")
  }

  @Test(arguments: [
    ("WARC/1.0\r\nWARC-Type: response\r\n\r\n", "no-content-length"),
    ("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: ten\r\n\r\n", "bad-content-length"),
    ("WARC/1.0\r\nContent-Length: 2\r\n\r\nab\r\n\r\n", "no-record-type"),
    ("some junk\nand more\n", "not-warc"),
    ("WARC/1.0\r\nWARC-Type: response\r\n", "no-content-length"),
  ])
  func `a broken header costs its own record only`(broken: String, cause: String) throws {
    let good = Packing.warc("conversion", "good")
    let summary = try ReadSummary(good + broken + good)
    #expect(summary.texts.last == "good")
    #expect(summary.counts["malformed \(cause)"] == 1 || summary.counts.count == 1)
    #expect(summary.records.count + summary.malformed.count >= 2)
  }

  @Test func `a block above the maximum is passed over, whatever it holds`() throws {
    var settings = ReadSettings()
    settings.maximumRecordByteCount = 1000
    settings.readByteCount = 64
    let big = String(repeating: "x", count: 200_000)
    let image = Packing.page(big, head: "Content-Type: image/png\r\n")
    let summary = try ReadSummary(
      Packing.warc("conversion", big) + Packing.warc("response", image)
        + Packing.warc("request", big) + Packing.warc("conversion", "after"), settings)
    #expect(summary.texts == ["after"])
    #expect(
      summary.counts == ["malformed too-long": 1, "media-type-image": 1, "warc-request": 1])
  }

  @Test(arguments: Packing.allCases)
  func `what is read does not depend on where the reads are cut`(packing: Packing) throws {
    let texts = [
      Packing.warc("warcinfo", "a: b"), Packing.warc("response", Packing.page("<b>é</b>"), id: "1"),
      Packing.warc("conversion", "x", length: 40), Packing.warc("conversion", "wet\r\n", id: "2"),
      "junk\r\n\r\n", Packing.warc("response", "HTTP/1.0 200\n\n<p>", id: "3", lineEnd: "\n"),
    ]
    let bytes = packing.units(texts)
    let whole = try ReadSummary(bytes)
    #expect(whole.texts == ["<b>é</b>", "wet\r\n", "<p>"])
    for readByteCount in [1, 2, 3, 5, 7, 11, 13, 64] {
      var settings = ReadSettings()
      settings.readByteCount = readByteCount
      #expect(try ReadSummary(bytes, settings).events == whole.events, "\(readByteCount)")
    }
  }

  @Test func `a header without its blank line ends where the next one begins`() throws {
    let broken = String(repeating: "WARC/1.0\r\nA: b\r\n", count: 2000)
    let summary = try ReadSummary(broken + Packing.warc("resource", "text"))
    #expect(summary.counts["malformed bad-warc-header"] == 2000)
    #expect(summary.texts == ["text"])
  }
}
