import ByteKernels
import TestSupport
import Testing

@testable import Packing

struct MegatronReaderTests {
  typealias Fault = TokenShardError.Fault

  /// Three documents of 4, 1 and 2 tokens of 16 bits; the index is 34 + 3 x 12 + 4 x 8 bytes.
  static let documents: [[UInt32]] = [[1, 2, 0x1234, 0], [0], [65_498, 0]]
  static let index = MegatronReference.index(documents, typeCode: 8, width: 2)
  static let tokens = MegatronReference.tokens(documents, width: 2)

  /// The fault found in a shard of these bytes by opening, verifying and reading it, and its place.
  static func fault(index: [UInt8], tokens: [UInt8]) throws -> (name: String, Int, Fault)? {
    let folder = try ScratchFolder()
    try folder.write("a.idx", index)
    try folder.write("a.bin", tokens)
    do throws(TokenShardError) {
      let reader = try MegatronReader(prefix: folder.path("a"))
      try reader.verify()
      for sequence in 0..<reader.sequenceCount { _ = try reader.tokens(of: sequence) }
      return nil
    } catch {
      guard case .malformed(let path, let byteOffset, let fault) = error else { throw error }
      #expect(error.description.hasPrefix("\(path): at byte \(byteOffset): "))
      return (String(path.suffix(5)), byteOffset, fault)
    }
  }

  /// The index with bytes replaced.
  static func index(_ offset: Int, _ bytes: [UInt8]) -> [UInt8] {
    var changed = index
    changed.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
    return changed
  }

  @Test func `the whole shard has no fault`() throws {
    #expect(Self.index.count == 102)
    #expect(try Self.fault(index: Self.index, tokens: Self.tokens) == nil)
    #expect(try Self.fault(index: Self.index + [0, 0, 1], tokens: Self.tokens) == nil)
  }

  @Test(arguments: [
    (0, [0x4E as UInt8], 0, Fault.wrongMagic(expected: MegatronHeader.expected)),
    (8, [1], 8, .wrongMagic(expected: MegatronHeader.expected)),
    (9, [2], 9, .unknownVersion(2, known: "version 1")),
    (17, [7], 17, .unknownTokenType("7", known: MegatronHeader.knownTypes)),
    (17, [0], 17, .unknownTokenType("0", known: MegatronHeader.knownTypes)),
    (18, [4], 102, .truncated(byteCount: 102, expected: 114)),
    (18, [2], 90, .trailingBytes(byteCount: 102, expected: 90)),
    (18, [3, 0, 0, 0, 0, 0, 0, 0x80], 18, .tooManyEntries(0x8000_0000_0000_0003)),
    (26, [5], 102, .truncated(byteCount: 102, expected: 110)),
    (
      26, [0], 26, .wrongDocumentIndex(entry: 0, 0, expected: "there, as every index begins with 0")
    ),
    (26, [4, 0, 0, 0, 0, 0, 0, 1], 26, .tooManyEntries(0x0100_0000_0000_0004)),
    (34, [5], 54, .wrongOffset(sequence: 1, 8, expected: 10)),
    (37, [0x80], 34, .negativeLength(sequence: 0, Int(Int32.min) + 4)),
    (46, [2], 46, .wrongOffset(sequence: 0, 2, expected: 0)),
    (61, [0x80], 54, .wrongOffset(sequence: 1, Int.min + 8, expected: 8)),
    (70, [1], 70, .wrongDocumentIndex(entry: 0, 1, expected: "0")),
    (86, [0], 86, .wrongDocumentIndex(entry: 2, 0, expected: "1 or more")),
    (86, [4], 86, .wrongDocumentIndex(entry: 2, 4, expected: "1 or more")),
    (94, [2], 94, .wrongDocumentIndex(entry: 3, 2, expected: "3")),
  ])
  func `a changed byte of the index is named`(
    offset: Int, bytes: [UInt8], at byteOffset: Int, expected: Fault
  ) throws {
    let found = try Self.fault(index: Self.index(offset, bytes), tokens: Self.tokens)
    #expect(found?.name == "a.idx")
    #expect(found?.1 == byteOffset)
    #expect(found?.2 == expected)
  }

  @Test func `every cut of the index is found`() throws {
    for byteCount in 0..<Self.index.count {
      let found = try Self.fault(
        index: Array(Self.index.prefix(byteCount)), tokens: Self.tokens)
      let expected = byteCount < 34 ? 34 : 102
      #expect(found?.2 == .truncated(byteCount: byteCount, expected: expected))
      #expect(found?.1 == byteCount)
    }
  }

  @Test func `tokens that are too few or too many are found`() throws {
    for byteCount in 0..<Self.tokens.count {
      let found = try Self.fault(
        index: Self.index, tokens: Array(Self.tokens.prefix(byteCount)))
      #expect(found?.name == "a.bin")
      #expect(found?.2 == .truncated(byteCount: byteCount, expected: 14))
    }
    let found = try Self.fault(index: Self.index, tokens: Self.tokens + [0])
    #expect(found?.1 == 14)
    #expect(found?.2 == .trailingBytes(byteCount: 15, expected: 14))
  }

  @Test func `reading without verifying stays inside the files`() throws {
    let folder = try ScratchFolder()
    try folder.write("a.idx", Self.index(61, [0x7F]))
    try folder.write("a.bin", Array(Self.tokens.prefix(13)))
    let reader = try MegatronReader(prefix: folder.path("a"))
    #expect(try reader.tokens(of: 0) == Self.documents[0])
    let index = folder.path("a.idx")
    #expect(
      throws: TokenShardError.malformed(
        path: index, byteOffset: 54, .outsideTokens(sequence: 1, byteCount: 13))
    ) { try reader.tokens(of: 1) }
    #expect(
      throws: TokenShardError.malformed(
        path: index, byteOffset: 62, .outsideTokens(sequence: 2, byteCount: 13))
    ) { try reader.tokens(of: 2) }
  }

  @Test(arguments: MegatronTokenType.allCases)
  func `tokens of every integer type are read`(type: MegatronTokenType) throws {
    let folder = try ScratchFolder()
    let documents: [[UInt32]] = [[1, 127, 0], Array(0..<100)]
    try folder.write(
      "a.idx",
      MegatronReference.index(documents, typeCode: type.rawValue, width: type.byteCount))
    try folder.write("a.bin", MegatronReference.tokens(documents, width: type.byteCount))
    let reader = try MegatronReader(prefix: folder.path("a"))
    try reader.verify()
    for (number, document) in documents.enumerated() {
      #expect(try reader.tokens(of: number) == document)
    }
  }

  @Test(arguments: [
    (MegatronTokenType.int8, [0xFF as UInt8]), (.int16, [0, 0x80]),
    (.int32, [0xFF, 0xFF, 0xFF, 0xFF]),
    (.int64, [0, 0, 0, 0, 1, 0, 0, 0]), (.int64, [0, 0, 0, 0, 0, 0, 0, 0x80]),
  ])
  func `a token that is no id is found`(type: MegatronTokenType, bytes: [UInt8]) throws {
    let width = type.byteCount
    let index = MegatronReference.index([[3, 4], [5]], typeCode: type.rawValue, width: width)
    let tokens = MegatronReference.tokens([[3, 4]], width: width) + bytes
    let found = try Self.fault(index: index, tokens: tokens)
    #expect(found?.name == "a.bin")
    #expect(found?.1 == 2 * width)
    #expect(found?.2 == .impossibleToken(sequence: 1, position: 0))
  }

  @Test func `a document may have several sequences, or none`() throws {
    var index = Self.index(78, [0])  // document 0 is empty
    #expect(try Self.fault(index: index, tokens: Self.tokens) == nil)
    index = Self.index(78, [3])  // document 0 has all sequences
    index.replaceSubrange(86..<87, with: [3])
    #expect(try Self.fault(index: index, tokens: Self.tokens) == nil)
  }

  @Test func `sequences of one document are pieces of it`() throws {
    var index = Self.index(78, [2])  // document 0 has two sequences, document 2 none
    index.replaceSubrange(86..<87, with: [3])
    let folder = try ScratchFolder()
    try folder.write("a.idx", index)
    try folder.write("a.bin", Self.tokens)
    let reader = try MegatronReader(prefix: folder.path("a"))
    let pieces = try (0..<3).map { number in
      var sequence = PackedSequence()
      try reader.read(number, into: &sequence)
      return sequence.pieces
    }
    let expected: [PackedSequence.Piece] = [
      .init(document: 0, count: 4), .init(document: 0, start: 4, count: 1),
      .init(document: 1, count: 2),
    ]
    #expect(pieces == expected.map { [$0] })
  }

  @Test func `document indices that leave sequences out are found`() throws {
    let index = Array(Self.index(26, [1]).prefix(78))
    let found = try Self.fault(index: index, tokens: Self.tokens)
    #expect(found?.1 == 70)
    #expect(found?.2 == .wrongDocumentIndex(entry: 0, 0, expected: "3"))
  }

  @Test func `a file that is not there is named`() {
    let path = "/nowhere/at/all"
    #expect {
      _ = try MegatronReader(prefix: path)
    } throws: { error in
      guard case .file(let cause) = error as? TokenShardError else { return false }
      return cause.path == path + ".idx" && "\(error)".contains(path)
    }
  }
}
