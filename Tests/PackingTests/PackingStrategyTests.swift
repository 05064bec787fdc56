import ByteKernels
import TestSupport
import Testing

@testable import Packing

/// What every strategy owes: no token twice, none lost that is not counted.
struct PackingStrategyTests {
  private static let combinations: [(PackingStrategy, Remainder, Overlong)] =
    PackingStrategy.allCases.flatMap { strategy in
      Remainder.allCases.flatMap { remainder in
        Overlong.allCases.map { (strategy, remainder, $0) }
      }
    }

  @Test(arguments: combinations)
  func `what goes in comes out once, is cropped or is the remainder`(
    strategy: PackingStrategy, remainder: Remainder, overlong: Overlong
  ) throws {
    var random = SeededGenerator(seed: 11)
    for (length, window) in [(2, 4), (7, 70), (64, 3_000), (64, 1 << 20)] {
      var settings = SequenceSettings()
      settings.remainder = remainder
      settings.overlong = overlong
      settings.windowTokens = window
      settings.bucketLengths = [3, 20]
      let documents = Self.documents(count: 200, length: length, &random)
      let packed = try Self.pack(documents, strategy, settings, length)
      try Self.check(packed, documents, settings, length)
    }
  }

  @Test func `best-fit cuts nothing that fits and fills sequences whatever the window`() throws {
    var random = SeededGenerator(seed: 5)
    let documents = (0..<20_000).map { number in
      let count = Int(1 + 2_000 * pow4(Double.random(in: 0..<1, using: &random)))
      return EncodedDocument(
        number: UInt32(number), tokens: [UInt32](repeating: 1, count: count))
    }
    let total = documents.reduce(0) { $0 + $1.tokens.count }
    var paddings: [Int] = []
    for window in [1 << 30, total / 4, total / 32] {
      var settings = SequenceSettings()
      settings.windowTokens = window
      let packed = try Self.pack(documents, .bestFit, settings, 512)
      paddings.append(packed.losses.padding)
      for piece in packed.sequences.flatMap(\.pieces) where !piece.isPadding {
        let count = documents[Int(piece.document)].tokens.count
        #expect(piece.count == min(512, count - piece.start), "only full pieces are cut off")
      }
    }
    #expect(paddings.allSatisfy { Double($0) < 0.003 * Double(total) }, "\(paddings) of \(total)")
  }

  @Test(arguments: PackingStrategy.allCases)
  func `a document without tokens is in no sequence`(strategy: PackingStrategy) throws {
    for length in [0, 8] {
      let documents = [[], [1, 2], []].enumerated().map { number, tokens in
        EncodedDocument(number: UInt32(number), tokens: tokens)
      }
      let packed = try Self.pack(documents, strategy, SequenceSettings(), length)
      let pieces = packed.sequences.flatMap(\.pieces).filter { !$0.isPadding }
      #expect(pieces == [.init(document: 1, count: 2)])
    }
  }

  @Test func `sequences of a window come in the order of their longest pieces`() throws {
    let documents = [3, 8, 5, 4, 8, 6, 2].enumerated().map { number, count in
      EncodedDocument(number: UInt32(number), tokens: [UInt32](repeating: 9, count: count))
    }
    let packed = try Self.pack(documents, .bestFit, SequenceSettings(), 8)
    #expect(
      packed.sequences.map { $0.pieces.map(\.document) } == [
        [1], [4], [0, 2], [3, .max], [5, 6],
      ])
    #expect(packed.losses.padding == 4)
  }

  @Test func `buckets hand on sequences of one length together`() throws {
    let documents = [3, 70, 5, 200, 64, 65, 1000].enumerated().map { number, count in
      EncodedDocument(number: UInt32(number), tokens: [UInt32](repeating: 9, count: count))
    }
    let packed = try Self.pack(documents, .buckets, SequenceSettings(), 300)
    #expect(packed.sequences.map(\.tokens.count) == [64, 64, 64, 128, 128, 256, 300])
    #expect(packed.sequences.map(\.pieces[0].document) == [0, 2, 4, 1, 5, 3, 6])
    #expect(packed.losses.cropped == 700)
  }
}

extension PackingStrategyTests {
  struct Packed {
    var sequences: [PackedSequence] = []
    var losses = PackingLosses()
  }

  /// Documents whose tokens tell number and position; of some the loss counts a part.
  static func documents(
    count: Int, length: Int, _ random: inout SeededGenerator
  ) -> [EncodedDocument] {
    (0..<count).map { number in
      let size =
        Int.random(in: 0..<10, using: &random) == 0
        ? Int.random(in: 1...(4 * length), using: &random)
        : Int.random(in: 1...(length + length / 4), using: &random)
      let isMasked = Int.random(in: 0..<3, using: &random) == 0
      return EncodedDocument(
        number: UInt32(number), tokens: (0..<UInt32(size)).map { UInt32(number) << 16 + $0 + 1 },
        lossMask: isMasked ? (0..<size).map { UInt8($0 % 3 == 0 ? 1 : 0) } : [])
    }
  }

  static func pack(
    _ documents: [EncodedDocument], _ strategy: PackingStrategy, _ settings: SequenceSettings,
    _ length: Int
  ) throws -> Packed {
    let packer = strategy.packer(settings, sequenceLength: length, padding: 0)
    var packed = Packed()
    for document in documents {
      try packer.append(document) { sequence throws(FileError) in
        packed.sequences.append(sequence)
      }
    }
    try packer.finish { sequence throws(FileError) in packed.sequences.append(sequence) }
    packed.losses = packer.losses
    return packed
  }

  static func check(
    _ packed: Packed, _ documents: [EncodedDocument], _ settings: SequenceSettings, _ length: Int
  ) throws {
    var seen = documents.map { [Bool](repeating: false, count: $0.tokens.count) }
    var paddingCount = 0
    var packedCount = 0
    for sequence in packed.sequences {
      try #require(!sequence.tokens.isEmpty && sequence.tokens.count <= length)
      try #require(sequence.pieces.reduce(0) { $0 + $1.count } == sequence.tokens.count)
      try #require(sequence.lossMask.isEmpty || sequence.lossMask.count == sequence.tokens.count)
      var place = 0
      for piece in sequence.pieces {
        for offset in 0..<piece.count {
          defer { place += 1 }
          let isCounted = sequence.lossMask.isEmpty ? 1 : sequence.lossMask[place]
          if piece.isPadding {
            try #require(sequence.tokens[place] == 0)
            try #require(sequence.lossMask.isEmpty || isCounted == 0)
            paddingCount += 1
            continue
          }
          let document = documents[Int(piece.document)]
          let position = piece.start + offset
          try #require(sequence.tokens[place] == document.tokens[position])
          try #require(isCounted == (document.lossMask.isEmpty ? 1 : document.lossMask[position]))
          try #require(!seen[Int(piece.document)][position], "packed twice")
          seen[Int(piece.document)][position] = true
          packedCount += 1
        }
      }
    }
    let total = documents.reduce(0) { $0 + $1.tokens.count }
    #expect(total == packedCount + packed.losses.cropped + packed.losses.remainder)
    #expect(paddingCount == packed.losses.padding)
    if settings.remainder == .keep { #expect(paddingCount == 0) }
    if settings.remainder != .drop { #expect(packed.losses.remainder == 0) }
    if settings.overlong == .cut { #expect(packed.losses.cropped == 0) }
    #expect(packed.losses.remainder < length)
  }
}

private func pow4(_ value: Double) -> Double { value * value * value * value }
