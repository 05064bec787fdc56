import ByteKernels
import TestSupport
import Testing

@testable import Documents

/// What a hostile crawl cannot do.
struct LimitsTests {
  @Test(arguments: Packing.compressed)
  func `a unit that expands too far is given up, and the next one is read`(
    packing: Packing
  ) throws {
    var settings = ReadSettings()
    settings.freeExpansionByteCount = 4 << 20
    settings.maximumExpansion = 200
    settings.maximumRecordByteCount = 1 << 20
    let zeros = [UInt8](repeating: 0x20, count: 9 << 20)
    let bytes =
      packing.units(["{\"text\":\"a\"}\n"]) + packing.unit(zeros)
      + packing.units(["{\"text\":\"b\"}\n"])
    let folder = try ScratchFolder()
    let whole = try ReadSummary(bytes, settings, in: folder)
    #expect(whole.texts == ["a", "b"])
    #expect(whole.errors.map(\.code) == ["expansion-too-large"])
    #expect(whole.errors.first?.message.contains("maximum-expansion") == true)
    // What came before it was noticed is a line that is too long.
    #expect(whole.events.map(\.byteCount).reduce(0, +) == 4 << 20 + 26)
    for readByteCount in [1000, 4096] {
      settings.readByteCount = readByteCount
      #expect(try ReadSummary(bytes, settings, in: folder).events == whole.events)
    }
    settings.maximumExpansion = 1 << 30
    #expect(try ReadSummary(bytes, settings).errors.isEmpty)
  }

  @Test(arguments: [("gzip", Packing.gzip), ("zstd", .zstd), ("br", nil)] as [(String, Packing?)])
  func `an HTTP body that expands too far is counted under that cause`(
    name: String, packing: Packing?
  ) throws {
    let spaces = [UInt8](repeating: 0x20, count: 5 << 20)
    let body = packing?.unit(spaces) ?? Self.brotliSpaces
    let head = "Content-Type: text/html\r\nContent-Encoding: \(name)\r\n"
    let block = Array(Packing.page("", head: head).utf8) + body
    let header = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: \(block.count)\r\n\r\n"
    let shard = Array((header).utf8) + block + [13, 10, 13, 10]
    #expect(try ReadSummary(shard).counts == ["malformed expansion-too-large": 1])
    var settings = ReadSettings()
    settings.maximumExpansion = 1 << 30
    #expect(try ReadSummary(shard, settings).records.map(\.payload) == [spaces])
    settings.maximumRecordByteCount = 4 << 20
    #expect(try ReadSummary(shard, settings).counts == ["malformed too-long": 1])
  }

  @Test func `an object of too many members is counted and costs nothing else`() throws {
    let members = String(repeating: "\"\":0,", count: JSONScanner.maximumMemberCount - 1)
    let lines = [
      "{\"text\":\"a\"}", "{\(members)\"\":0,\"text\":\"t\"}",
      "{\"text\":\"t\",\"metadata\":{\(members)\"\":0,\"\":0}}", "{\(members)\"text\":\"b\"}",
    ]
    let summary = try ReadSummary(lines.joined(separator: "\n"))
    #expect(summary.texts == ["a", "b"])
    #expect(summary.counts == ["malformed too-many-members": 2])
  }

  @Test func `a row of too many cells is counted, and a shard of too many columns refused`() throws
  {
    var settings = ReadSettings()
    settings.format = try #require(ShardFormat(rawValue: "csv"))
    let commas = String(repeating: ",", count: DelimitedRowScanner.maximumCellCount + 10)
    let rows = try ReadSummary("text,n\none,1\n\(commas)\"\n\"\ntwo,2\n", settings)
    #expect(rows.texts == ["one", "two"])
    #expect(rows.counts == ["column-names": 1, "malformed too-many-cells": 1])
    for hasColumnNames in [true, false] {
      settings.hasColumnNames = hasColumnNames
      let columns = try ReadSummary("text\(commas)\none\n", settings)
      #expect(columns.counts == ["damaged unsupported-feature": 1])
      #expect(columns.errors.first?.message.contains("columns") == true)
    }
  }

  /// 5 MiB of spaces, made by Python's `brotli.compress`.
  static let brotliSpaces: [UInt8] = [
    155, 255, 255, 79, 248, 37, 64, 226, 177, 64, 32, 247, 254, 9,
  ]

  @Test func `content encodings stacked too high are counted, and no more than five are undone`()
    throws
  {
    var body = Array("<p>".utf8)
    for count in 1...6 {
      body = Packing.gzip.unit(body)
      let names = Array(repeating: "gzip", count: count).joined(separator: ",")
      if count <= 5 {
        let decoded = try ContentCoding.decode(body, header: names, settings: ReadSettings())
        #expect(decoded.body == Array("<p>".utf8))
      } else {
        #expect(throws: ContentCoding.Failure.nestedTooDeep) {
          try ContentCoding.decode(body, header: names, settings: ReadSettings())
        }
      }
    }
    var settings = ReadSettings()
    settings.maximumNesting = 1
    #expect(throws: ContentCoding.Failure.nestedTooDeep) {
      try ContentCoding.decode(body, header: "gzip, gzip", settings: settings)
    }
  }

  @Test func `JSON nested too deep is counted under that cause`() throws {
    var settings = ReadSettings()
    settings.maximumNesting = 10
    let lines = [9, 10, 100_000].map { depth in
      let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      return "{\"text\":\"a\",\"value\":\(value)}\n"
    }
    let summary = try ReadSummary(lines.joined(), settings)
    #expect(summary.records.count == 1)
    #expect(summary.counts == ["malformed nested-too-deep": 2])
    #expect(summary.malformed.first?.message.contains("maximum-nesting") == true)
  }

  @Test func `a line above its own maximum is counted under that cause`() throws {
    var settings = ReadSettings()
    settings.maximumLineByteCount = 100
    let lines = ["a", String(repeating: "x", count: 500), "b"].map { "{\"text\":\"\($0)\"}\n" }
    for readByteCount in [1, 16, 1000] {
      settings.readByteCount = readByteCount
      let summary = try ReadSummary(lines.joined(), settings)
      #expect(summary.texts == ["a", "b"])
      #expect(summary.counts == ["malformed line-too-long": 1])
    }
  }

  @Test(arguments: ["text", "csv", "tsv"])
  func `so is a line of text and a row of cells`(name: String) throws {
    var settings = ReadSettings()
    settings.format = try #require(ShardFormat(rawValue: name))
    settings.textUnit = .line
    settings.maximumLineByteCount = 100
    let lines = ["text", "a", String(repeating: "x", count: 500), "b"].map { "\($0)\n" }
    for readByteCount in [1, 16, 1000] {
      settings.readByteCount = readByteCount
      let summary = try ReadSummary(lines.joined(), settings)
      #expect(summary.texts.suffix(2) == ["a", "b"])
      #expect(summary.counts["malformed line-too-long"] == 1)
    }
  }

  @Test func `millions of line ends between WARC records are not held`() throws {
    let record = Packing.warc("conversion", "a")
    let folder = try ScratchFolder()
    let text = record + String(repeating: "\n", count: 300_000) + record
    let whole = try ReadSummary(Array(text.utf8), in: folder)
    #expect(whole.texts == ["a", "a"])
    #expect(whole.counts == ["blank-line": 4])
    var settings = ReadSettings()
    settings.readByteCount = 1000
    #expect(try ReadSummary(Array(text.utf8), settings, in: folder).events == whole.events)
  }

  @Test func `a folded header field of a megabyte costs linear time`() throws {
    let folded = String(repeating: "\r\n x", count: 200_000)
    let page = Packing.page("<p>", head: "Content-Type: text/html\(folded)\r\n")
    #expect(try ReadSummary(Packing.warc("response", page)).texts == ["<p>"])
  }
}
