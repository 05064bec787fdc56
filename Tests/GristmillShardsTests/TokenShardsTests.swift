import GristmillShards
import Packing
import TestSupport
import Testing

struct TokenShardsTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// Writes sequences with their provenance, as a run does.
  private func write(
    _ sequences: [PackedSequence], _ format: TokenShardFormat, name: String, documentCount: Int,
    vocabularySize: Int = 1000
  ) throws {
    let prefix = "\(scratch.path)/\(name)"
    let description = TokenShardDescription(
      vocabularySize: vocabularySize, endOfDocument: 0, hasLossMasks: true)
    let writer = try format.layout.writer(prefix: prefix, description)
    let provenance = ProvenanceWriter(prefix: prefix, hasLossMask: true)
    for number in 0..<documentCount {
      _ = try provenance.add(DocumentOrigin(id: "id-\(number)", source: "s", record: "r", url: "u"))
    }
    for sequence in sequences {
      try writer.append(sequence)
      try provenance.append(sequence)
    }
    _ = try provenance.publish()
    _ = try writer.publish()
  }

  private let packed = [
    PackedSequence(
      tokens: [5, 6, 0, 7, 0],
      pieces: [.init(document: 0, count: 3), .init(document: 1, count: 2)],
      lossMask: [0, 1, 1, 1, 1]),
    PackedSequence(
      tokens: [8, 9, 0, 0],
      pieces: [
        .init(document: 2, start: 4, count: 3),
        .init(
          document: PackedSequence.Piece.padding, count: 1),
      ]),
  ]

  @Test func `parts of a document that follow one another in a sequence are one piece`() throws {
    let padding = PackedSequence.Piece.padding
    let sequence = PackedSequence(
      tokens: [5, 6, 7, 8, 9, 4, 0, 0],
      pieces: [
        .init(document: 0, start: 3, count: 2), .init(document: 0, start: 5, count: 1),
        .init(document: 0, start: 7, count: 2), .init(document: 1, count: 1),
        .init(document: padding, count: 1), .init(document: padding, count: 1),
      ])
    try write([sequence], .megatron, name: "parts", documentCount: 2)
    let read = try TokenShards(contentsOf: "\(scratch.path)/parts").sequence(0)
    #expect(read.pieces.map(\.count) == [3, 2, 1, 2])
    #expect(read.pieces.map(\.start) == [3, 7, 0, 0])
    #expect(read.positionIDs == [0, 1, 2, 0, 1, 0, 0, 1])
  }

  private func expectPacked(_ shards: TokenShards) throws {
    #expect(shards.sequenceCount == 2)
    #expect(shards.tokenCount == 9)
    let second = try shards.sequence(1)
    #expect(second.tokens == [8, 9, 0, 0])
    #expect(second.pieces.map(\.document) == [2, nil])
    #expect(second.pieces.map(\.start) == [4, 0])
    #expect(second.positionIDs == [0, 1, 2, 0])
    #expect(second.cumulativeLengths == [0, 3, 4])
    #expect(second.labels == [8, 9, 0, -100])
    #expect(try shards.origin(of: second.pieces[0], inSequence: 1)?.id == "id-2")
    #expect(try shards.origin(of: second.pieces[1], inSequence: 1) == nil)
    let first = try shards.sequence(0)
    #expect(first.labels == [-100, 6, 0, 7, 0])
    #expect(first.cumulativeLengths == [0, 3, 5])
  }

  @Test(arguments: [TokenShardFormat.megatron, .nanogpt, .llmc])
  func `sequences come back with pieces and masks, whatever the format can tell`(
    _ format: TokenShardFormat
  ) throws {
    try write(packed, format, name: "train-00000", documentCount: 3)
    try write(packed, format, name: "val-00000", documentCount: 3)
    try expectPacked(try TokenShards(contentsOf: scratch.path))
    try expectPacked(try TokenShards(contentsOf: "\(scratch.path)/val-00000"))
    #expect(try TokenShards(contentsOf: scratch.path, part: nil).sequenceCount == 4)
    #expect(throws: ShardsError.self) { try TokenShards(contentsOf: scratch.path, part: .test) }
  }

  @Test func `a described folder is read as it says`() throws {
    try write(packed, .nanogpt, name: "b", documentCount: 3)
    try write(Array(packed.reversed()), .nanogpt, name: "a", documentCount: 3)
    let json = """
      {"format": "nanogpt", "token_type": "uint16", "end_of_document": 0, "shards": [
        {"name": "b", "part": "train", "number": 1}, {"name": "a", "part": "train", "number": 0}]}
      """
    _ = try scratch.write("shards.json", Array(json.utf8))
    let shards = try TokenShards(contentsOf: scratch.path)
    #expect(try (0..<4).map { try shards.sequence($0).tokens.count } == [4, 5, 5, 4])
    _ = try scratch.write("shards.json", Array("{}".utf8))
    let error = #expect(throws: ShardsError.self) { try TokenShards(contentsOf: scratch.path) }
    #expect(error?.message.contains("shards.json") == true)
  }

  @Test func `a set of more shards than are kept open is read, each as described`() throws {
    var members: [String] = []
    for number in 0..<70 {
      let tokens: [UInt32] = [UInt32(number), 0]
      try write(
        [PackedSequence(EncodedDocument(number: 0, tokens: tokens))], .nanogpt, name: "s\(number)",
        documentCount: 1)
      members.append(
        #"{"name": "s\#(number)", "part": "train", "number": \#(number), "#
          + #""sequences": 1, "tokens": \#(number == 69 ? 3 : 2)}"#)
    }
    let json = #"{"format": "nanogpt", "token_type": "uint16", "shards": ["#
    _ = try scratch.write(
      "shards.json", Array("\(json)\(members.joined(separator: ","))]}".utf8))
    let shards = try TokenShards(contentsOf: scratch.path)
    #expect((shards.sequenceCount, shards.tokenCount) == (70, 141))
    for number in Array(0..<69) + [3, 0, 68] {
      #expect(try shards.sequence(number).tokens == [UInt32(number), 0])
    }
    let error = #expect(throws: ShardsError.self) { try shards.sequence(69) }
    #expect(error?.message.contains("was to have 1 and 3") == true)
  }

  @Test func `the set says the format, and its provenance where sequences are`() throws {
    // The first tokens are the magic of llm.c, the lengths those of blind cuts.
    let lengths = [4096, 100, 5000]
    let sequences = lengths.enumerated().map { number, count in
      let first: [UInt32] = number == 0 ? [55448, 308] : [1, 2]
      let tokens = first + [UInt32](repeating: 7, count: count - 2)
      return PackedSequence(EncodedDocument(number: UInt32(number), tokens: tokens))
    }
    try write(sequences, .nanogpt, name: "train", documentCount: 3, vocabularySize: 60_000)
    let json = """
      {"format": "nanogpt", "token_type": "uint16", "shards": [
        {"name": "train", "part": "train", "number": 0}]}
      """
    _ = try scratch.write("shards.json", Array(json.utf8))
    let shards = try TokenShards(contentsOf: scratch.path)
    #expect(try (0..<3).map { try shards.sequence($0).tokens } == sequences.map(\.tokens))
  }

  @Test func `a damaged provenance is named, and nothing traps`() throws {
    try write(packed, .nanogpt, name: "train", documentCount: 3)
    let whole = try scratch.read("train.provenance")
    for place in 128..<whole.count {
      for value: UInt8 in [0, 0x7F, 0xFF] {
        var changed = whole
        changed[place] = value
        _ = try scratch.write("train.provenance", changed)
        do throws(ShardsError) {
          let shards = try TokenShards(contentsOf: "\(scratch.path)/train.bin")
          for number in 0..<2 { _ = try shards.sequence(number) }
        } catch {
          #expect(error.message.contains("train.provenance"))
        }
      }
    }
  }

  @Test func `long sequences of unlike length are found in a format without boundaries`() throws {
    var generator = SeededGenerator(seed: 4)
    let sequences = (0..<20).map { number in
      let count = Int.random(in: 1...3000, using: &generator)
      return PackedSequence(
        tokens: (0..<count).map { _ in .random(in: 1..<1000, using: &generator) },
        pieces: [.init(document: UInt32(number), count: count)])
    }
    try write(sequences, .llmc, name: "train", documentCount: 20)
    let shards = try TokenShards(contentsOf: "\(scratch.path)/train.bin")
    for (number, sequence) in sequences.enumerated().reversed() {
      #expect(try shards.sequence(number).tokens == sequence.tokens)
    }
  }

  @Test func `provenance of another shard is refused`() throws {
    try write(packed, .nanogpt, name: "train", documentCount: 3)
    _ = try scratch.write("train.bin", [1, 0, 2, 0])
    let error = #expect(throws: ShardsError.self) { try TokenShards(contentsOf: scratch.path) }
    #expect(error?.message.contains("train.provenance: speaks of 9 tokens") == true)
  }

  @Test func `shards of others are cut as told`() throws {
    _ = try scratch.write("train.bin", [1, 0, 0, 0, 2, 0, 3, 0, 0, 0])
    let shards = try TokenShards(contentsOf: scratch.path, endOfDocument: 0)
    #expect(try (0..<2).map { try shards.sequence($0).tokens } == [[1, 0], [2, 3, 0]])
    #expect(throws: ShardsError.self) { try TokenShards(contentsOf: "\(scratch.path)/no.bin") }
    _ = try scratch.write("val.bin", [1])
    let cut = #expect(throws: ShardsError.self) { try TokenShards(contentsOf: scratch.path) }
    #expect(cut?.message.contains("val.bin: is named as a shard") == true)
  }
}
