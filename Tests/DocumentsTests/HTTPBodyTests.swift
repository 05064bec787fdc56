import ByteKernels
import TestSupport
import Testing

@testable import Documents

struct HTTPBodyTests {
  /// RFC 9112, section 7.1, backwards.
  static func chunked(_ body: [UInt8], sizes: [Int], extension note: String = "") -> [UInt8] {
    var (encoded, offset) = ([UInt8](), 0)
    for size in sizes + [body.count] {
      let end = min(body.count, offset + size)
      if end > offset {
        encoded += Array("\(String(end - offset, radix: 16))\(note)\r\n".utf8)
        encoded += body[offset..<end] + [13, 10]
      }
      offset = end
    }
    return encoded + Array("0\r\n\r\n".utf8)
  }

  @Test func `chunks of any size are joined`() {
    var generator = SeededGenerator(seed: 9)
    for byteCount in [1, 9, 10, 15, 16, 17, 255, 256, 4095, 30_459] {
      let body = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
      for sizes in [[], [1, 1, 1], [10, 26, 255]] {
        for note in ["", ";a=b", "  ", " \t"] {
          let encoded = Self.chunked(body, sizes: sizes, extension: note)
          #expect(ChunkedBody.decode(encoded.span) == .body(body, isCutShort: false))
        }
      }
    }
  }

  @Test(arguments: [
    ("<html>\n", ChunkedBody.Result.notChunked), ("", .notChunked), ("xyz\r\n", .notChunked),
    ("3\r\nabc\r\n0\r\n\r\n", .body(Array("abc".utf8), isCutShort: false)),
    ("3\nabc\n0\n\n", .body(Array("abc".utf8), isCutShort: false)),
    ("3\r\nabc\r\n5\r\nde", .body(Array("abcde".utf8), isCutShort: true)),
    ("3\r\nabc\r\n", .body(Array("abc".utf8), isCutShort: true)),
    ("3\r\nabc\r\nzz\r\n", .broken(8)), ("3\r\nabcd\r\n", .broken(6)),
    ("ffffffffffffffff\r\nabc", .notChunked),
  ])
  func `broken chunks are told from bodies that are not chunked`(
    body: String, result: ChunkedBody.Result
  ) {
    #expect(ChunkedBody.decode(Array(body.utf8).span) == result)
  }

  static let page = Array("<p>a page</p>".utf8)
  static let longPage = Array(
    ("<p>"
      + String(repeating: "brotli has a dictionary of common words and phrases; ", count: 40)
      + "</p>").utf8)

  /// Both pages, made by Python's `brotli.compress`.
  static let brotliPage: [UInt8] = [
    11, 6, 128, 60, 112, 62, 97, 32, 112, 97, 103, 101, 60, 47, 112, 62, 3,
  ]
  static let longBrotliPage: [UInt8] = [
    27, 78, 8, 128, 20, 161, 210, 33, 206, 150, 234, 149, 206, 164, 78, 98, 179, 49, 255, 224, 144,
    3, 246, 239, 81, 194, 18, 0, 21, 166, 214, 108, 68, 42, 147, 174, 197, 205, 239, 34, 253, 225,
    220, 13, 2, 101, 40, 76, 49, 111, 94, 144, 64, 21,
  ]

  @Test(
    arguments: [
      ("gzip", Packing.gzip.unit(page), page), ("x-gzip", Packing.gzip.unit(page), page),
      ("GZIP, gzip", Packing.gzip.unit(Packing.gzip.unit(page)), page),
      ("zstd", Packing.zstd.unit(page), page),
      ("gzip, zstd", Packing.zstd.unit(Packing.gzip.unit(page)), page),
      ("deflate", [1, 3, 0, 0xFC, 0xFF] + Array("abc".utf8), Array("abc".utf8)),
      (
        "deflate",
        [0x78, 0x9C, 1, 3, 0, 0xFC, 0xFF] + Array("abc".utf8) + [0x02, 0x4D, 0x01, 0x27],
        Array("abc".utf8)
      ),
      ("gzip", page, page), ("deflate", page, page), ("br", page, page), ("br", brotliPage, page),
      ("br", longBrotliPage, longPage), ("gzip, br", brotliPage, page), ("br", [], []),
      // An empty brotli stream, and text that begins with its only byte.
      ("br", [0x3B], []), ("br", Array("; text".utf8), Array("; text".utf8)),
      ("br", Array("body{color:red}".utf8), Array("body{color:red}".utf8)),
      ("br, gzip", Packing.gzip.unit(brotliPage), page),
      ("utf-8", page, page),
      ("identity", page, page), ("", page, page), ("gzip", [], []),
      ("gzip", Packing.gzip.unit(page) + [0, 0, 0], page),
    ] as [(String, [UInt8], [UInt8])])
  func `content encodings are undone, and missing ones are noticed`(
    header: String, body: [UInt8], expected: [UInt8]
  ) throws {
    let decoded = try ContentCoding.decode(body, header: header, settings: ReadSettings())
    #expect(decoded.body == expected)
    #expect(!decoded.isCutShort)
  }

  @Test func `bodies that cannot be decoded say why`() throws {
    let settings = ReadSettings()
    #expect(throws: ContentCoding.Failure.unsupported("compress")) {
      try ContentCoding.decode([0x1F, 0x9D, 2], header: "compress", settings: settings)
    }
    #expect(throws: ContentCoding.Failure.self) {
      try ContentCoding.decode([0xFF, 0xFE, 2, 3, 4], header: "br", settings: settings)
    }
    var corrupt = Packing.gzip.unit(Self.page)
    corrupt[corrupt.count - 6] ^= 1
    #expect(throws: ContentCoding.Failure.self) {
      try ContentCoding.decode(corrupt, header: "gzip", settings: settings)
    }
    let cut = Array(Packing.gzip.unit(Self.page).dropLast(9))
    #expect(try ContentCoding.decode(cut, header: "gzip", settings: settings).isCutShort)
    var small = ReadSettings()
    small.maximumRecordByteCount = 1000
    let bomb = Packing.gzip.unit([UInt8](repeating: 0, count: 1 << 20))
    #expect(throws: ContentCoding.Failure.tooLong) {
      try ContentCoding.decode(bomb, header: "gzip", settings: small)
    }
  }

  @Test func `a brotli body cut anywhere gives a beginning of the page`() throws {
    for byteCount in 1..<Self.longBrotliPage.count {
      let cut = Array(Self.longBrotliPage.prefix(byteCount))
      let decoded = try ContentCoding.decode(cut, header: "br", settings: ReadSettings())
      #expect(Self.longPage.starts(with: decoded.body) || decoded.body == cut, "\(byteCount)")
      #expect(decoded.isCutShort || decoded.body == cut, "\(byteCount)")
    }
  }

  @Test(
    arguments: [
      ("text/html", "text/html", nil), ("Text/HTML ; Charset=UTF-8", "text/html", "UTF-8"),
      ("text/html;charset='x-sjis';a=b", "text/html", "x-sjis"),
      ("text/html; a=b; charset = \"u\"", "text/html", "u"),
      ("unknown", nil, nil), ("*/*", nil, nil), ("/x", nil, nil), ("", nil, nil),
      ("; charset=a", nil, "a"),
      ("text/html; charset=", "text/html", nil),
    ] as [(String, String?, String?)])
  func `a content type has a name and perhaps a charset`(
    value: String, name: String?, charset: String?
  ) {
    #expect(MediaType(value).name == name)
    #expect(MediaType(value).charset == charset)
  }

  @Test func `a response with encodings is read through a shard`() throws {
    let body = Self.chunked(Packing.gzip.unit(Self.page), sizes: [3, 7])
    let head = "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    let block = Array(Packing.page("", head: head).utf8) + body
    let header = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: \(block.count)\r\n\r\n"
    let summary = try ReadSummary(Array(header.utf8) + block + [13, 10, 13, 10])
    #expect(summary.records.map(\.payload) == [Self.page])
  }
}
