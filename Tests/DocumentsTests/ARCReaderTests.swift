import Documents
import TestSupport
import Testing

struct ARCReaderTests {
  static let page =
    "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<p>a page</p>"

  /// The version block with which a file begins.
  static let start = record(
    "filedesc://a.arc", "text/plain", date: "19960923142103",
    "1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n")

  /// A record of version 1, or with `more` fields of version 2.
  static func record(
    _ url: String, _ type: String = "text/html", date: String = "19961104142103",
    _ block: String = page, length: String? = nil, more: String = "", lineEnd: String = "\n"
  ) -> String {
    "\(url) 127.10.100.2 \(date) \(type) \(more)\(length ?? String(block.utf8.count))\(lineEnd)"
      + "\(block)\(lineEnd)"
  }

  @Test func `a response becomes a document with what its header line says`() throws {
    let text = Self.start + Self.record("http://a.example/")
    let summary = try ReadSummary(text)
    let record = try #require(summary.records.first)
    #expect(String(decoding: record.payload, as: UTF8.self) == "<p>a page</p>")
    #expect(record.id == "shard#\(Self.start.utf8.count)")
    #expect(record.url == "http://a.example/")
    #expect(record.created == "1996-11-04T14:21:03Z")
    #expect(record.mediaType == "text/html")
    #expect(record.declaredCharset == "koi8-r")
    #expect(
      String(decoding: record.metadata.members, as: UTF8.self)
        == #""url":"http://a.example/","status":200,"content_type":"text/html; charset=koi8-r""#)
    #expect(summary.counts == ["warc-warcinfo": 1])
  }

  @Test(
    arguments: [
      (record("http://a/b c d"), "http://a/b c d", "1996-11-04T14:21:03Z"),
      (record("http://a/", more: "200 fac069150613fe - 209 a.arc "), "http://a/", nil),
      (record("http://a/", "text/html; charset=x"), "http://a/", nil),
      (record("http://a/", "no-type", lineEnd: "\r\n"), "http://a/", nil),
      (record("HTTPS://a/", date: "199611041421"), "HTTPS://a/", "1996-11-04T14:21:00Z"),
      (record("http://a/", date: "19969904142103"), "http://a/", ""),
    ] as [(String, String, String?)])
  func `header lines of both versions are read, spaces in the URL included`(
    record: String, url: String, date: String?
  ) throws {
    let summary = try ReadSummary(Self.start + record + record)
    #expect(summary.records.map(\.url) == [url, url])
    if let date { #expect(summary.records.first?.created == (date.isEmpty ? nil : date)) }
  }

  @Test func `what is no page is skipped by kind, and other protocols bring their block`() throws {
    let image = "HTTP/1.0 200 OK\r\nContent-Type: image/png\r\n\r\nx"
    let summary = try ReadSummary(
      Self.start + Self.record("dns:a.example", "text/dns", "1996 a A 1.2.3.4")
        + Self.record("http://a/i", "image/png", image)
        + Self.record("ftp://a/t", "text/plain", "plain words")
        + Self.record("ftp://a/i", "image/png", "png")
        + Self.record("http://a/", "text/html", "no http"))
    #expect(summary.texts == ["plain words"])
    #expect(
      summary.counts == [
        "warc-warcinfo": 1, "warc-dns": 1, "media-type-image": 2, "malformed bad-http-header": 1,
      ])
  }

  @Test(arguments: ["3", "70", "75", "9999", "-1", "abc", ""])
  func `a wrong length costs its own record only`(length: String) throws {
    let broken = Self.record("http://broken/", length: length)
    let good = Self.record("http://good/")
    for limit in [64 << 20, 1 << 10] {
      var settings = ReadSettings()
      settings.maximumRecordByteCount = limit
      let summary = try ReadSummary(
        Array((Self.start + good + broken + good + good).utf8), settings)
      #expect(summary.records.map(\.url) == ["http://good/", "http://good/", "http://good/"])
      #expect(summary.malformed.allSatisfy { $0.kind == .badContentLength || $0.kind == .notARC })
    }
  }

  @Test(arguments: Packing.allCases)
  func `what is read does not depend on where the reads are cut`(packing: Packing) throws {
    let bytes = packing.units([
      "junk\n\n\n", Self.start, Self.record("http://a/"), Self.record("http://b/", length: "4"),
      Self.record("http://c/", lineEnd: "\r\n"), Self.record("http://d/", length: "5000"),
      Self.record("http://e/"),
    ])
    let folder = try ScratchFolder()
    for limit in [64 << 20, 1024] {
      var settings = ReadSettings()
      settings.maximumRecordByteCount = limit
      let whole = try ReadSummary(bytes, settings, in: folder)
      #expect(whole.records.compactMap(\.url) == ["http://a/", "http://c/", "http://e/"])
      for readByteCount in [1, 2, 3, 5, 7, 11, 13, 64] {
        settings.readByteCount = readByteCount
        let cut = try ReadSummary(bytes, settings, in: folder)
        #expect(cut.events == whole.events, "\(readByteCount)")
      }
    }
  }

  @Test func `a block above the maximum is passed over`() throws {
    var settings = ReadSettings()
    settings.maximumRecordByteCount = 1000
    settings.readByteCount = 64
    let big = Self.page + String(repeating: "~http://a/ 1.2.3.4 19961104142103 t 1\n", count: 3000)
    let text =
      Self.start + Self.record("http://big/", "text/html", big) + Self.record("http://after/")
    let summary = try ReadSummary(Array(text.utf8), settings)
    #expect(summary.records.map(\.url) == ["http://after/"])
    #expect(summary.counts == ["warc-warcinfo": 1, "malformed too-long": 1])
  }

  @Test func `a cut file gives what was whole`() throws {
    let text = Self.start + Self.record("http://a/") + Self.record("http://b/")
    let summary = try ReadSummary(Array(text.utf8.dropLast(9)))
    #expect(summary.records.map(\.url) == ["http://a/"])
    #expect(summary.errors.map(\.code) == ["truncated"])
  }
}
