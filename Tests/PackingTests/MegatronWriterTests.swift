import ByteKernels
import TestSupport
import Testing

@testable import Packing

struct MegatronWriterTests {
  /// Writes one shard and returns its reader.
  static func shard(
    _ documents: [[UInt32]], vocabularySize: Int, in folder: ScratchFolder
  ) throws -> MegatronReader {
    let writer = try MegatronWriter(prefix: folder.path("train"), vocabularySize: vocabularySize)
    for document in documents {
      try writer.append(PackedSequence(EncodedDocument(tokens: document)))
    }
    #expect(writer.sequenceCount == documents.count)
    #expect(writer.tokenCount == documents.map(\.count).reduce(0, +))
    _ = try writer.publish()
    return try MegatronReader(prefix: folder.path("train"))
  }

  @Test func `a tiny shard has the bytes that the layout prescribes`() throws {
    let folder = try ScratchFolder()
    _ = try Self.shard([[1, 2, 0x1234, 0], [0], [65_498, 0]], vocabularySize: 65_499, in: folder)
    #expect(
      try folder.read("train.bin") == [
        0x01, 0x00, 0x02, 0x00, 0x34, 0x12, 0x00, 0x00,  // document 0
        0x00, 0x00,  // document 1
        0xDA, 0xFF, 0x00, 0x00,  // document 2
      ])
    #expect(
      try folder.read("train.idx") == [
        0x4D, 0x4D, 0x49, 0x44, 0x49, 0x44, 0x58, 0x00, 0x00,  // MMIDIDX
        0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // version
        0x08,  // unsigned 16-bit tokens
        0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // sequences
        0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // document indices
        0x04, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00,  // lengths
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // offsets
        0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x0A, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // document indices
        0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
      ])
  }

  @Test(arguments: [
    (1, MegatronTokenType.uint16), (65_499, .uint16), (65_500, .int32), (65_536, .int32),
    (65_537, .int32), (200_000, .int32),
  ])
  func `tokens are 16 bits wide below 65,500 entries, as Megatron has it`(
    vocabularySize: Int, type: MegatronTokenType
  ) throws {
    let folder = try ScratchFolder()
    let largest = UInt32(vocabularySize - 1)
    let reader = try Self.shard([[largest, 0]], vocabularySize: vocabularySize, in: folder)
    #expect(reader.tokenType == type)
    #expect(try reader.tokens(of: 0) == [largest, 0])
    #expect(try folder.read("train.bin").count == 2 * type.byteCount)
  }

  @Test(arguments: [50_257, 100_277])
  func `what is written is the reference's bytes and comes back whole`(vocabularySize: Int) throws {
    var generator = SeededGenerator(seed: 11)
    // Lengths around the buffer's 256 KiB, so that a document is cut at its end in every way.
    let lengths = Array(1..<130) + [65_535, 65_536, 65_537, 131_072, 131_075, 300_001, 1]
    let documents = lengths.map { length in
      (0..<length).map { _ in UInt32.random(in: 0..<UInt32(vocabularySize), using: &generator) }
    }
    let folder = try ScratchFolder()
    let reader = try Self.shard(documents, vocabularySize: vocabularySize, in: folder)
    let type = MegatronTokenType(vocabularySize: vocabularySize)
    let tokens = MegatronReference.tokens(documents, width: type.byteCount)
    let index = MegatronReference.index(
      documents, typeCode: type.rawValue, width: type.byteCount)
    #expect(try folder.read("train.bin") == tokens)
    #expect(try folder.read("train.idx") == index)
    #expect(reader.sequenceCount == documents.count)
    #expect(reader.documentCount == documents.count)
    for (number, document) in documents.enumerated() {
      #expect(try reader.tokens(of: number) == document)
    }
    try reader.verify()
  }

  @Test func `many short documents cross every buffer of the index`() throws {
    let documents = (0..<70_000).map { [UInt32]([UInt32($0 % 1000), 0]) }
    let folder = try ScratchFolder()
    let reader = try Self.shard(documents, vocabularySize: 1000, in: folder)
    #expect(
      try folder.read("train.idx")
        == MegatronReference.index(documents, typeCode: 8, width: 2))
    try reader.verify()
  }

  @Test func `a shard without a document leaves no file`() throws {
    let folder = try ScratchFolder()
    do {
      let writer = try MegatronWriter(prefix: folder.path("train"), vocabularySize: 10)
      #expect(try writer.publish().isEmpty)
    }
    #expect(throws: (any Error).self) { try folder.read("train.bin") }
    #expect(throws: (any Error).self) { try folder.read("train.idx") }
  }

  @Test func `what is published is vouched for by size and checksum, the index last`() throws {
    let folder = try ScratchFolder()
    let writer = try TokenShardFormat.megatron.layout.writer(
      prefix: folder.path("train"), TokenShardDescription(vocabularySize: 10))
    try writer.append(PackedSequence(EncodedDocument(tokens: [1, 2, 0])))
    let published = try writer.publish()
    #expect(published.map(\.path) == [folder.path("train.bin"), folder.path("train.idx")])
    for (file, name) in zip(published, ["train.bin", "train.idx"]) {
      let bytes = try folder.read(name)
      #expect(file.byteCount == bytes.count)
      #expect(file.checksum == XXH64.hash(bytes.span))
    }
  }

  @Test func `a folder that is not there is named`() throws {
    let path = "/nowhere/at/all/train"
    #expect {
      _ = try MegatronWriter(prefix: path, vocabularySize: 10)
    } throws: { error in
      (error as? FileError)?.path.hasPrefix(path) == true
    }
  }

  @Test func `an id outside the vocabulary is a bug`() async {
    await #expect(processExitsWith: .failure) {
      let folder = try ScratchFolder()
      let writer = try MegatronWriter(prefix: folder.path("train"), vocabularySize: 10)
      try writer.append(PackedSequence(EncodedDocument(tokens: [9, 10])))
    }
  }
}
