import ByteKernels
import TestSupport
import Testing

@testable import Packing

/// nanoGPT and llm.c, which are tokens after a header or none.
struct FlatFormatTests {
  static func documents(vocabularySize: Int, lengths: [Int]) -> [[UInt32]] {
    var generator = SeededGenerator(seed: 11)
    return lengths.map { length in
      (0..<(length - 1)).map { _ in
        UInt32.random(in: 1..<UInt32(vocabularySize), using: &generator)
      } + [0]
    }
  }

  @Test func `nanoGPT's file is the tokens alone`() throws {
    let folder = try ScratchFolder()
    #expect(NanoGPTLayout.name(of: .train, shard: 0) == "train")
    #expect(NanoGPTLayout.name(of: .validation, shard: 0) == "val")
    let published = try ShardFixture.write(
      [[1, 0x1234, 65_535], [0]], as: .nanogpt, to: folder.path("train"),
      TokenShardDescription(vocabularySize: 65_536))
    #expect(published.map(\.path) == [folder.path("train.bin")])
    #expect(try folder.read("train.bin") == [1, 0, 0x34, 0x12, 0xFF, 0xFF, 0, 0])
  }

  @Test func `a vocabulary that 16 bits do not hold is refused by nanoGPT alone`() {
    let large = TokenShardDescription(vocabularySize: 65_537)
    #expect(NanoGPTLayout.obstacle(large)?.contains("65537") == true)
    #expect(LLMCLayout.obstacle(large) == nil)
    #expect(NanoGPTLayout.obstacle(TokenShardDescription(vocabularySize: 65_536)) == nil)
  }

  @Test(arguments: [(65_536, 2), (65_537, 4), (128_256, 4)])
  func `llm.c's file has its header, and the width its readers expect`(
    vocabularySize: Int, width: Int
  ) throws {
    let folder = try ScratchFolder()
    // More than the buffer of 256 KiB, so that the header is filled in on the disk.
    let documents = Self.documents(
      vocabularySize: vocabularySize, lengths: [1, 2, 130_000, 3, 131_072, 700])
    let name = LLMCLayout.name(of: .train, shard: 7)
    #expect(name == "tokens_train_000007")
    let published = try ShardFixture.write(
      documents, as: .llmc, to: folder.path(name),
      TokenShardDescription(vocabularySize: vocabularySize))
    #expect(published.map(\.path) == [folder.path("\(name).bin")])
    let bytes = try folder.read("\(name).bin")
    #expect(bytes == FlatReference.llmc(documents.flatMap { $0 }, width: width))
    let read = try ShardFixture.sequences(
      published[0].path, as: .llmc, TokenShardHints(endOfDocument: 0))
    #expect(read.map(\.tokens) == documents)
    #expect(read.map(\.pieces[0].document) == Array(0..<6))
  }

  @Test func `a shard past the number of tokens that a header can tell is refused`() throws {
    let folder = try ScratchFolder()
    let writer = try FlatTokenWriter(
      path: folder.path("a.bin"), type: .uint16, vocabularySize: 10, largestTokenCount: 5)
    try writer.append(PackedSequence(EncodedDocument(tokens: [1, 2, 3])))
    #expect {
      try writer.append(PackedSequence(EncodedDocument(tokens: [1, 2, 3])))
    } throws: { "\($0)".contains("a.bin: cannot write more than 5 tokens") }
    try writer.append(PackedSequence(EncodedDocument(tokens: [1, 2])))
    #expect(try writer.publish()[0].byteCount == 10)
  }

  @Test(arguments: [
    (0, FlatReference.bytes(of: 20_240_521, byteCount: 4), "not llm.c's tokens"),
    (4, [7], "version 7 is unknown"), (8, [3], "4 are accounted for"),
    (8, [9], "the file ends after"), (11, [0x80], "do not fit"),
  ])
  func `a changed header is named`(offset: Int, bytes: [UInt8], message: String) throws {
    let folder = try ScratchFolder()
    var file = FlatReference.llmc([1, 2, 3, 4], width: 2)
    file.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
    let path = try folder.write("a_train_000000.bin", file)
    let expected = message.replacing("4 are", with: "\(1024 + 6) are")
    let error = try #require(throws: TokenShardError.self) {
      _ = try LLMCLayout.reader(path, TokenShardHints())
    }
    #expect(error.description.contains(expected), "\(error)")
    #expect(error.description.contains("at byte "))
  }

  @Test func `bare tokens of 32 bits are read when the width is told`() throws {
    let folder = try ScratchFolder()
    let ids: [UInt32] = [100_000, 1, 0, 2, 0]
    let path = try folder.write("a.bin", FlatReference.tokens(ids, width: 4))
    let hints = TokenShardHints(tokenByteCount: 4, endOfDocument: 0)
    let read = try ShardFixture.sequences(path, as: .nanogpt, hints)
    #expect(read.map(\.tokens) == [[100_000, 1, 0], [2, 0]])
    #expect(try NanoGPTLayout.reader(path, hints).tokenTypeName == "uint32")
  }

  @Test func `a file that ends inside a token or holds none is found`() throws {
    let folder = try ScratchFolder()
    try folder.write("a.bin", [1, 0, 2])
    var found = try ShardFixture.fault(folder.path("a.bin"), as: .nanogpt)
    #expect(found?.byteOffset == 2)
    #expect(found?.2 == .partialToken(byteCount: 3, tokenByteCount: 2))
    try folder.write("a.bin", [])
    found = try ShardFixture.fault(folder.path("a.bin"), as: .nanogpt)
    #expect(found?.2 == .truncated(byteCount: 0, expected: 2))
  }

  @Test func `damaged files are read or refused`() throws {
    let ids = Self.documents(vocabularySize: 300, lengths: [5, 1, 40, 17]).flatMap { $0 }
    let hints = [
      TokenShardHints(), TokenShardHints(endOfDocument: 0),
      TokenShardHints(beginningOfDocument: 0), TokenShardHints(sequenceLength: 7),
    ]
    for width in [2, 4] {
      try ShardFixture.fuzz(
        [("a_train_0.bin", FlatReference.llmc(ids, width: width))], as: .llmc, rounds: 150,
        hints: hints)
    }
    try ShardFixture.fuzz(
      [("a.bin", FlatReference.tokens(ids, width: 2))], as: .nanogpt, rounds: 100, hints: hints)
  }
}
