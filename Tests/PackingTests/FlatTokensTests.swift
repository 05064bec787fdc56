import ByteKernels
import TestSupport
import Testing

@testable import Packing

struct FlatTokensTests {
  /// Ids 0 to 9, so that 0 is frequent.
  static func ids(_ count: Int, seed: UInt64) -> [UInt32] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt32.random(in: 0..<10, using: &generator) }
  }

  static func tokens(
    _ ids: [UInt32], _ type: TokenType, in folder: ScratchFolder, _ cut: TokenCut,
    longest: Int = TokenCut.longest
  ) throws -> FlatTokens {
    let path = try folder.write(
      "a.bin", [9, 9, 9] + FlatReference.tokens(ids, width: type.byteCount))
    return FlatTokens(
      try MappedFile(path: path), from: 3, type: type, tokenCount: ids.count, cut: cut,
      longest: longest)
  }

  @Test(arguments: [TokenType.uint8, .uint16, .uint32, .int64])
  func `cuts are where the reference has them, in whatever order they are read`(
    type: TokenType
  ) throws {
    let folder = try ScratchFolder()
    for count in [1, 2, 127, 128, 129, 60_000] {
      let ids = Self.ids(count, seed: UInt64(count))
      let cuts: [(TokenCut, [[UInt32]])] = [
        (.after(0), FlatReference.cut(ids, { $0 == 0 }, { _ in false })),
        (.before(0), FlatReference.cut(ids, { _ in false }, { $0 == 0 })),
        (.after(77), [ids]), (.before(70_000), [ids]),
        (
          .every(7),
          stride(from: 0, to: count, by: 7).map { Array(ids[$0..<min($0 + 7, count)]) }
        ),
      ]
      for (cut, expected) in cuts {
        let tokens = try Self.tokens(ids, type, in: folder, cut)
        #expect(tokens.sequenceCount == expected.count)
        var generator = SeededGenerator(seed: 1)
        let random = (0..<20).map { _ in
          Int.random(in: 0..<expected.count, using: &generator)
        }
        for number in Array(0..<expected.count) + random {
          var sequence = PackedSequence()
          try tokens.read(number, into: &sequence)
          #expect(sequence.tokens == expected[number])
          #expect(
            sequence.pieces == [.init(document: UInt32(number), count: expected[number].count)])
        }
      }
    }
  }

  @Test func `a document past the longest sequence goes on in the next`() throws {
    let folder = try ScratchFolder()
    let longest = 500
    var ids = [UInt32](repeating: 1, count: longest + 3)
    ids[longest + 1] = 0
    var tokens = try Self.tokens(ids, .uint16, in: folder, .after(0), longest: longest)
    #expect(tokens.sequenceCount == 3)
    var sequence = PackedSequence()
    try tokens.read(1, into: &sequence)
    #expect(sequence.tokens == [1, 0])
    #expect(sequence.pieces == [.init(document: 0, start: longest, count: 2)])
    try tokens.read(2, into: &sequence)
    #expect(sequence.pieces == [.init(document: 1, count: 1)])

    ids = [UInt32](repeating: 1, count: longest + 2)
    ids[longest] = 0
    tokens = try Self.tokens(ids, .uint16, in: folder, .before(0), longest: longest)
    #expect(tokens.sequenceCount == 2)
    try tokens.read(1, into: &sequence)
    #expect(sequence.pieces == [.init(document: 1, count: 2)])
  }

  @Test func `a token that is no id is found`() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("a", FlatReference.tokens([1, 2, 0xFFFF_FFFF], width: 4))
    let tokens = FlatTokens(
      try MappedFile(path: path), from: 0, type: .int32, tokenCount: 3, cut: .every(2))
    var sequence = PackedSequence()
    try tokens.read(0, into: &sequence)
    #expect(
      throws: TokenShardError.malformed(
        path: path, byteOffset: 8, .impossibleToken(sequence: 1, position: 0))
    ) { try tokens.read(1, into: &sequence) }
  }

  @Test func `hints are taken in their order`() {
    #expect(TokenCut(TokenShardHints()) == .every(1 << 20))
    #expect(TokenCut(TokenShardHints(beginningOfDocument: 3)) == .before(3))
    #expect(TokenCut(TokenShardHints(endOfDocument: 4, beginningOfDocument: 3)) == .after(4))
    #expect(TokenCut(TokenShardHints(endOfDocument: 4, sequenceLength: 8)) == .every(8))
    #expect(TokenCut(TokenShardHints(endOfDocument: 4, sequenceLength: 0)) == .after(4))
  }
}
