import ByteKernels
import FoundationEssentials
import TestSupport
import Testing

@testable import Packing

struct DatatroveFormatTests {
  static let fixtures = "\(SourceTree.root)/Tests/Fixtures/TokenShards"
  static let endings = [".ds", ".ds.index", ".ds.metadata", ".ds.loss"]

  struct Gold: Decodable {
    let documents: [[UInt32]]
    let masks: [[UInt8]]

    init(_ name: String) throws {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(fixtures)/\(name).json"))
      self = try JSONDecoder().decode(Self.self, from: bytes)
    }
  }

  @Test(arguments: [("narrow", 65_536), ("wide", 100_277)])
  func `what is written is what datatrove's own writer writes`(
    name: String, vocabularySize: Int
  ) throws {
    let gold = try Gold(name)
    let folder = try ScratchFolder()
    let published = try ShardFixture.write(
      gold.documents, masks: gold.masks, as: .datatrove, to: folder.path(name),
      TokenShardDescription(
        vocabularySize: vocabularySize, tokenizerName: "some/tokenizer", hasLossMasks: true))
    #expect(published.last?.path == folder.path("\(name).ds"))
    #expect(Set(published.map(\.path)) == Set(Self.endings.map { folder.path(name + $0) }))
    for ending in Self.endings {
      #expect(
        try folder.read(name + ending) == folder.copy(of: "\(Self.fixtures)/\(name)\(ending)"))
    }
  }

  @Test(arguments: ["narrow", "wide"])
  func `what datatrove wrote is read`(name: String) throws {
    let gold = try Gold(name)
    let path = "\(Self.fixtures)/\(name).ds"
    let read = try ShardFixture.sequences(path, as: .datatrove)
    #expect(read.map(\.tokens) == gold.documents)
    #expect(read.map(\.lossMask) == gold.masks)
    // In sequences of one length the pieces are the documents' parts.
    let packed = try ShardFixture.sequences(
      path, as: .datatrove, TokenShardHints(sequenceLength: 8))
    #expect(packed.flatMap(\.tokens) == gold.documents.flatMap { $0 })
    #expect(packed.flatMap(\.lossMask) == gold.masks.flatMap { $0 })
    typealias Piece = PackedSequence.Piece
    #expect(
      packed.map(\.pieces).prefix(2) == [
        [
          Piece(document: 0, count: 3), Piece(document: 1, count: 1), Piece(document: 2, count: 4),
        ],
        [Piece(document: 2, start: 4, count: 8)],
      ])
    #expect(packed.map(\.tokens.count) == [8, 8, 8, 8, 8, 8, 5])
    let byDocument = Dictionary(grouping: packed.flatMap(\.pieces), by: \.document)
    for (document, pieces) in byDocument {
      #expect(pieces.map(\.count).reduce(0, +) == gold.documents[Int(document)].count)
    }
  }

  @Test func `without a mask nor masks there is no file of them`() throws {
    let folder = try ScratchFolder()
    let description = TokenShardDescription(vocabularySize: 10, tokenizerName: "a|b\nc")
    try ShardFixture.write([[1, 2], [3]], as: .datatrove, to: folder.path("a"), description)
    #expect(FileSystem.status(folder.path("a.ds.loss")) == nil)
    #expect(try folder.read("a.ds.metadata") == Array("a b c|2\n3\n3.00 T".utf8))
  }

  @Test func `a sequence without a mask counts all but padding`() throws {
    let folder = try ScratchFolder()
    let writer = try DatatroveWriter(
      prefix: folder.path("a"), TokenShardDescription(vocabularySize: 10, hasLossMasks: true))
    try writer.append(
      PackedSequence(
        tokens: [1, 2, 0, 0],
        pieces: [.init(document: 0, count: 2), .init(document: .max, count: 2)]))
    _ = try writer.publish()
    #expect(try folder.read("a.ds.loss") == [1, 1, 0, 0])
    #expect(
      try folder.read("a.ds.index")
        == FlatReference.bytes(of: 2, byteCount: 8) + FlatReference.bytes(of: 4, byteCount: 8))
  }

  @Test func `without index or metadata the hints are taken`() throws {
    let folder = try ScratchFolder()
    try folder.write("a.ds", FlatReference.tokens([5, 0, 6, 70_000, 0], width: 4))
    let hints = TokenShardHints(tokenByteCount: 4, endOfDocument: 0)
    var read = try ShardFixture.sequences(folder.path("a.ds"), as: .datatrove, hints)
    #expect(read.map(\.tokens) == [[5, 0], [6, 70_000, 0]])
    // An index tells the width as well.
    try folder.write(
      "a.ds.index", [2, 4, 5].flatMap { FlatReference.bytes(of: $0, byteCount: 8) })
    read = try ShardFixture.sequences(folder.path("a.ds"), as: .datatrove)
    #expect(read.map(\.tokens) == [[5, 0], [6, 70_000], [0]])
  }

  @Test(arguments: [
    ("a.ds.index", 0, [9 as UInt8], 8, "document 1 ends before token 4"),
    ("a.ds.index", 23, [0x80], 16, "from 4 to 53"),
    ("a.ds.index", 32, [52], 32, "where the tokens do, at 53"),
    ("a.ds.loss", 3, [2], 3, "is 2, but must be 0 or 1"),
    ("a.ds.metadata", 15, [0x33], 15, "tokens of 3 bytes"),
    ("a.ds.metadata", 17, [0x36], 17, "tell of 63 tokens, but there are 53"),
    ("a.ds.metadata", 17, [0x2D], 17, "-3 tokens"), ("a.ds.metadata", 17, [0x78], 17, "no number"),
  ])
  func `a changed byte is named`(
    name: String, offset: Int, bytes: [UInt8], at byteOffset: Int, message: String
  ) throws {
    let folder = try ScratchFolder()
    for ending in Self.endings {
      var content = try folder.copy(of: "\(Self.fixtures)/narrow\(ending)")
      if name == "a" + ending {
        content.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
      }
      try folder.write("a" + ending, content)
    }
    let found = try ShardFixture.fault(folder.path("a.ds"), as: .datatrove)
    #expect(found?.name == name)
    #expect(found?.byteOffset == byteOffset)
    let text = found.map {
      TokenShardError.malformed(path: "", byteOffset: 0, $0.2).description
    }
    #expect(text?.contains(message) == true || message == "-3 tokens", "\(text ?? "none")")
  }

  @Test func `files that are cut short are found`() throws {
    let folder = try ScratchFolder()
    for victim in Self.endings {
      for ending in Self.endings {
        let content = try folder.copy(of: "\(Self.fixtures)/narrow\(ending)")
        try folder.write("a" + ending, victim == ending ? Array(content.dropLast(7)) : content)
      }
      let found = try ShardFixture.fault(folder.path("a.ds"), as: .datatrove)
      // The count for people is not looked at.
      #expect((found == nil) == (victim == ".ds.metadata"), "\(victim)")
    }
  }

  @Test func `damaged files are read or refused`() throws {
    let folder = try ScratchFolder()
    let files = try Self.endings.map { ending in
      (name: "a" + ending, bytes: try folder.copy(of: "\(Self.fixtures)/narrow\(ending)"))
    }
    try ShardFixture.fuzz(
      files, as: .datatrove, rounds: 200,
      hints: [TokenShardHints(), TokenShardHints(sequenceLength: 9)])
  }

  @Test func `counts for people are humanize's`() throws {
    struct Counts: Decodable {
      struct Row: Decodable {
        let count: Int
        let text: String

        init(from decoder: any Decoder) throws {
          var row = try decoder.unkeyedContainer()
          count = try row.decode(Int.self)
          text = try row.decode(String.self)
        }
      }
      let counts: [Row]
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(Self.fixtures)/counts.json"))
    let gold = try JSONDecoder().decode(Counts.self, from: bytes)
    #expect(gold.counts.count > 700)
    for row in gold.counts {
      #expect(MetricCount.text(row.count, unit: "T") == row.text, "\(row.count)")
    }
  }
}
