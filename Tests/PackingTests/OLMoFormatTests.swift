import ByteKernels
import TestSupport
import Testing

@testable import Packing

struct OLMoFormatTests {
  static func gzip(_ text: String) -> [UInt8] {
    let encoder = GzipEncoder()
    var bytes: [UInt8] = []
    encoder.encode(Array(text.utf8).span, into: &bytes)
    encoder.finishMember(into: &bytes)
    return bytes
  }

  static func plain(_ gzip: [UInt8]) throws -> String {
    let decoder = GzipDecoder()
    var buffer = ByteBuffer()
    let step = decoder.decode(gzip.span, into: &buffer, limit: 1 << 24)
    #expect(step.outcome == .finishedUnit)
    return String(repairing: buffer.bytes)
  }

  @Test(arguments: [(65_536, 2), (65_537, 4)])
  func `tokens have no header, and a row of the table tells of each document`(
    vocabularySize: Int, width: Int
  ) throws {
    let folder = try ScratchFolder()
    let documents: [[UInt32]] = [[1, 0x1234, 0], [0], [65_535, 0]]
    let writer = try OLMoLayout.writer(
      prefix: folder.path("a"), TokenShardDescription(vocabularySize: vocabularySize))
    let origins = [
      DocumentOrigin(id: "plain", source: "b.jsonl"),
      DocumentOrigin(id: "with \"quotes\"", source: "a,b"),
      DocumentOrigin(id: "two\nlines", record: "c.jsonl#77"),
    ]
    for (number, document) in documents.enumerated() {
      try writer.add(origins[number])
      try writer.append(
        PackedSequence(EncodedDocument(number: UInt32(number), tokens: document)))
    }
    let published = try writer.publish()
    #expect(published.map(\.path) == [folder.path("a.csv.gz"), folder.path("a.npy")])
    #expect(
      try folder.read("a.npy") == FlatReference.tokens(documents.flatMap { $0 }, width: width))
    #expect(
      try Self.plain(folder.read("a.csv.gz")) == """
        0,3,plain,b.jsonl,1\r
        3,4,"with ""quotes""\","a,b",2\r
        4,6,two lines,c.jsonl#77,3\r\n
        """)
    let read = try ShardFixture.sequences(folder.path("a.npy"), as: .olmo)
    #expect(read.map(\.tokens) == documents)
  }

  @Test func `rows of documents that come late or in parts are theirs`() throws {
    let folder = try ScratchFolder()
    let writer = try OLMoWriter(prefix: folder.path("a"), vocabularySize: 10)
    // Far more than stays in memory.
    let count = 30_000
    let pad = String(repeating: "x", count: 50)
    for number in 0..<count {
      try writer.add(DocumentOrigin(id: "id-\(number)-\(pad)", source: "s"))
    }
    var generator = SeededGenerator(seed: 2)
    let order = Array(0..<count).shuffled(using: &generator).prefix(5000)
    for number in order {
      try writer.append(
        PackedSequence(
          tokens: [1, 2, 0],
          pieces: [.init(document: UInt32(number), count: 2), .init(document: .max, count: 1)]))
    }
    _ = try writer.publish()
    let rows = try Self.plain(folder.read("a.csv.gz")).split(separator: "\r\n")
    #expect(rows.count == 10_000)
    for (position, number) in order.enumerated() {
      let start = 3 * position
      #expect(rows[2 * position] == "\(start),\(start + 2),id-\(number)-\(pad),s,\(number + 1)")
      #expect(rows[2 * position + 1] == "\(start + 2),\(start + 3),,,0")
    }
    let sequences = try ShardFixture.sequences(
      folder.path("a.npy"), as: .olmo, TokenShardHints(sequenceLength: 3))
    #expect(sequences.count == 5000)
    #expect(sequences[1].pieces.map(\.count) == [2, 1])
  }

  @Test(arguments: [
    ("0,3\n3,4\n4,6\n", true), ("0,3,a,b,1\r\n3,4,\"c\nd\",e,2\r\n4,6,,,3", true),
    ("\n0,3\n\n3,6\n", true), ("0,3\n4,6\n", false), ("0,3\n3,3\n3,6\n", false), ("0,7\n", false),
    ("0,3\n3,5\n", false), ("a,3\n", false), ("0\n", false), ("0,9999999999999999999\n", false),
    ("", false), ("0,-3\n", false),
  ])
  func `tables of other writers are read, wrong ones refused`(
    text: String, isRight: Bool
  ) throws {
    let folder = try ScratchFolder()
    let ids: [UInt32] = [1, 2, 0, 0, 5, 0]
    try folder.write("a.npy", FlatReference.tokens(ids, width: 2))
    try folder.write("a.csv.gz", Self.gzip(text))
    let found = try ShardFixture.fault(folder.path("a.npy"), as: .olmo)
    #expect((found == nil) == isRight, "\(String(describing: found))")
    #expect(found == nil || found?.name == "a.csv.gz")
  }

  @Test func `without a table width and documents come from hints, or the width from the bytes`()
    throws
  {
    let folder = try ScratchFolder()
    let ids: [UInt32] = [100_001, 2, 0, 0, 5, 0]
    let path = try folder.write("a.npy", FlatReference.tokens(ids, width: 4))
    #expect(OLMoLayout.recognises(path))
    let read = try ShardFixture.sequences(path, as: .olmo, TokenShardHints(endOfDocument: 0))
    #expect(read.map(\.tokens) == [[100_001, 2, 0], [0], [5, 0]])
    let narrow = try ShardFixture.sequences(path, as: .olmo, TokenShardHints(tokenByteCount: 2))
    #expect(narrow.flatMap(\.tokens) == [34_465, 1, 2, 0, 0, 0, 0, 0, 5, 0, 0, 0])
  }

  @Test func `damaged compression is named`() throws {
    let folder = try ScratchFolder()
    try folder.write("a.npy", FlatReference.tokens([1, 2, 0], width: 2))
    let table = Self.gzip("0,3,a,b,1\r\n")
    for byteCount in 0..<table.count {
      try folder.write("a.csv.gz", Array(table.prefix(byteCount)))
      let found = try ShardFixture.fault(folder.path("a.npy"), as: .olmo)
      guard found?.name == "a.csv.gz", case .damagedCompression = found?.2 else {
        Issue.record("\(byteCount): \(String(describing: found))")
        continue
      }
    }
  }

  @Test func `damaged files are read or refused`() throws {
    let ids = FlatFormatTests.documents(vocabularySize: 300, lengths: [5, 1, 40, 17])
    var end = 0
    let rows = ids.map { document in
      end += document.count
      return "\(end - document.count),\(end),some id,some source,1\r\n"
    }
    let hints = [TokenShardHints(), TokenShardHints(sequenceLength: 9)]
    for table in [Self.gzip(rows.joined()), Self.gzip(rows[0]) + Self.gzip(rows[1...].joined())] {
      try ShardFixture.fuzz(
        [
          ("a.npy", FlatReference.tokens(ids.flatMap { $0 }, width: 2)), ("a.csv.gz", table),
        ], as: .olmo, rounds: 120, hints: hints)
    }
    // Damage within the text, which the checksum of gzip would hide.
    var generator = SeededGenerator(seed: 9)
    let folder = try ScratchFolder()
    try folder.write("a.npy", FlatReference.tokens(ids.flatMap { $0 }, width: 2))
    for _ in 0..<150 {
      var text = Array(rows.joined().utf8)
      for _ in 0..<3 {
        let place = Int.random(in: 0..<text.count, using: &generator)
        text[place] = Array("0123456789,\"\n\r- a".utf8).randomElement(using: &generator) ?? 0
      }
      try folder.write("a.csv.gz", Self.gzip(String(decoding: text, as: UTF8.self)))
      _ = try ShardFixture.fault(folder.path("a.npy"), as: .olmo)
    }
  }
}
