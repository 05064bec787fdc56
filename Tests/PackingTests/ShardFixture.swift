import ByteKernels
import TestSupport
import Testing

@testable import Packing

/// What the tests of formats do with a shard.
enum ShardFixture {
  /// Writes documents as sequences of their own; the paths of the files, in the order of publication.
  @discardableResult
  static func write(
    _ documents: [[UInt32]], masks: [[UInt8]] = [], as format: TokenShardFormat, to prefix: String,
    _ description: TokenShardDescription
  ) throws -> [OutputFile.Published] {
    let writer = try format.layout.writer(prefix: prefix, description)
    for (number, document) in documents.enumerated() {
      try writer.add(DocumentOrigin(id: "id-\(number)", source: "some.jsonl"))
      let mask = masks.isEmpty ? [] : masks[number]
      try writer.append(
        PackedSequence(
          EncodedDocument(number: UInt32(number), tokens: document, lossMask: mask)))
    }
    #expect(writer.sequenceCount == documents.count)
    #expect(writer.tokenCount == documents.map(\.count).reduce(0, +))
    let published = try writer.publish()
    for file in published {
      let bytes = try ScratchFolder().copy(of: file.path)
      #expect(file.byteCount == bytes.count)
      #expect(file.checksum == XXH64.hash(bytes.span))
    }
    return published
  }

  /// All sequences, read in order.
  static func sequences(
    _ path: String, as format: TokenShardFormat, _ hints: TokenShardHints = TokenShardHints()
  ) throws -> [PackedSequence] {
    let reader = try format.layout.reader(path, hints)
    try reader.verify()
    var sequences: [PackedSequence] = []
    for number in 0..<reader.sequenceCount {
      var sequence = PackedSequence()
      try reader.read(number, into: &sequence)
      #expect(sequence.pieces.map(\.count).reduce(0, +) == sequence.tokens.count)
      sequences.append(sequence)
    }
    #expect(sequences.map(\.tokens.count).reduce(0, +) == (try reader.tokenCount))
    return sequences
  }

  /// The first fault of a shard: in opening, verifying or reading it; nil when there is none.
  static func fault(
    _ path: String, as format: TokenShardFormat, _ hints: TokenShardHints = TokenShardHints()
  ) throws -> (name: String, byteOffset: Int, TokenShardError.Fault)? {
    do throws(TokenShardError) {
      let reader = try format.layout.reader(path, hints)
      try reader.verify()
      var sequence = PackedSequence()
      for number in 0..<reader.sequenceCount { try reader.read(number, into: &sequence) }
      return nil
    } catch {
      guard case .malformed(let path, let byteOffset, let fault) = error else { throw error }
      #expect(error.description.hasPrefix("\(path): at byte \(byteOffset): "))
      return (String(path.split(separator: "/").last ?? ""), byteOffset, fault)
    }
  }

  /// Reads damaged copies of a shard's files: each must be read or refused, and never more read than
  /// the files can hold.
  static func fuzz(
    _ files: [(name: String, bytes: [UInt8])], as format: TokenShardFormat, rounds: Int,
    hints: [TokenShardHints]
  ) throws {
    let folder = try ScratchFolder()
    var generator = SeededGenerator(seed: 5)
    var refused = 0
    for round in 0..<rounds {
      let victim = Int.random(in: 0..<files.count, using: &generator)
      var byteCount = 0
      for (number, file) in files.enumerated() {
        let bytes = number == victim ? damaged(file.bytes, &generator) : file.bytes
        byteCount += bytes.count
        try folder.write(file.name, bytes)
      }
      for hint in hints {
        do throws(TokenShardError) {
          let reader = try format.layout.reader(folder.path(files[0].name), hint)
          #expect(try reader.tokenCount <= byteCount, "round \(round)")
          var sequence = PackedSequence()
          for number in 0..<min(reader.sequenceCount, 50) {
            try reader.read(number, into: &sequence)
            #expect(sequence.tokens.count <= byteCount)
          }
          try reader.verify()
        } catch {
          guard case .malformed = error else { throw error }
          refused += 1
        }
      }
    }
    #expect(refused > 0)
  }

  private static func damaged(
    _ bytes: [UInt8], _ generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
      case 1: bytes += (0..<Int.random(in: 1...9, using: &generator)).map { UInt8($0) }
      case 2 where !bytes.isEmpty:
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes.remove(at: place)
      default:
        // Half of all hits in the first bytes, where headers are.
        let limit = Bool.random(using: &generator) ? min(bytes.count, 128) : bytes.count
        if limit > 0 {
          let place = Int.random(in: 0..<limit, using: &generator)
          bytes[place] =
            [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &generator)]
            .randomElement(using: &generator) ?? 0
        }
      }
    }
    return bytes
  }
}
