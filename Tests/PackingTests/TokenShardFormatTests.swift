import ByteKernels
import TestSupport
import Testing

@testable import Packing

struct TokenShardFormatTests {
  /// Writes a shard of every format and returns the names of its files; the first opens a reader.
  static func files(of format: TokenShardFormat, in folder: ScratchFolder) throws -> [String] {
    let description = TokenShardDescription(
      vocabularySize: 1000, endOfDocument: 0, sequenceLength: 4, tokenizerName: "tokenizer.json")
    let obstacle = format.layout.obstacle(description)
    #expect(obstacle == nil)
    let name = format.layout.name(of: .train, shard: 3)
    let writer = try format.layout.writer(prefix: folder.path(name), description)
    try writer.add(DocumentOrigin(id: "first"))
    try writer.append(PackedSequence(EncodedDocument(number: 0, tokens: [5, 6, 7, 0])))
    try writer.add(DocumentOrigin(id: "second"))
    try writer.append(PackedSequence(EncodedDocument(number: 1, tokens: [8, 9, 999, 0])))
    let published = try writer.publish().map(\.path)
    let first = folder.path(name) + format.layout.fileEndings[0]
    #expect(published.contains(first))
    return [first] + published.filter { $0 != first }
  }

  @Test(arguments: TokenShardFormat.allCases)
  func `a shard is recognised by any of its files, and reads back`(
    format: TokenShardFormat
  ) throws {
    let folder = try ScratchFolder()
    let files = try Self.files(of: format, in: folder)
    let stem = String(files[0].dropLast(format.layout.fileEndings[0].count))
    for path in files + [stem] {
      let found = try #require(TokenShardFormat.recognise(path))
      #expect(found.format == format)
      #expect(found.path == files[0])
    }
    for other in TokenShardFormat.allCases where other != format {
      for path in files {
        let isTaken = other.layout.recognises(path)
        #expect(!isTaken, "\(other) takes \(path)")
      }
    }
    let reader = try format.layout.reader(
      files[0], TokenShardHints(tokenByteCount: 2, endOfDocument: 0))
    try reader.verify()
    #expect(try reader.tokenCount == 8)
    #expect(reader.sequenceCount == 2)
    let types: [TokenShardFormat: String] = [.webdataset: "json", .parquet: "int32"]
    #expect(reader.tokenTypeName == types[format] ?? "uint16")
    var sequence = PackedSequence()
    try reader.read(1, into: &sequence)
    #expect(sequence.tokens == [8, 9, 999, 0])
    try reader.read(0, into: &sequence)
    #expect(sequence.tokens == [5, 6, 7, 0])
  }

  @Test(arguments: TokenShardFormat.allCases)
  func `loss masks come back from formats with room for them, and hinder no other`(
    format: TokenShardFormat
  ) throws {
    let folder = try ScratchFolder()
    let description = TokenShardDescription(
      vocabularySize: 10, endOfDocument: 0, sequenceLength: 3, tokenizerName: "t",
      hasLossMasks: true)
    let prefix = folder.path(format.layout.name(of: .train, shard: 0))
    try ShardFixture.write([[1, 2, 0]], masks: [[0, 1, 1]], as: format, to: prefix, description)
    let found = try #require(TokenShardFormat.recognise(prefix))
    let sequences = try ShardFixture.sequences(
      found.path, as: format, TokenShardHints(tokenByteCount: 2, endOfDocument: 0))
    #expect(sequences.map(\.lossMask) == [format.layout.holdsLossMasks ? [0, 1, 1] : []])
  }

  @Test func `what is no shard is not taken for one`() throws {
    let folder = try ScratchFolder()
    for name in ["a.idx", "a.ds.metadata", "notes.txt", "a"] {
      try folder.write(name, Array("something else".utf8))
      #expect(TokenShardFormat.recognise(folder.path(name)) == nil)
    }
    #expect(TokenShardFormat.recognise(folder.path) == nil)
    #expect(TokenShardFormat.recognise(folder.path("nothing")) == nil)
    #expect(TokenShardFormat.recognise("") == nil)
  }
}
