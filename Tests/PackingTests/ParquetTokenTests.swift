import ByteKernels
import TestSupport
import Testing

@testable import Documents
@testable import Packing

struct ParquetTokenTests {
  static let sequences = [
    PackedSequence(
      tokens: [5, 6, 7, 8, 9, 0],
      pieces: [
        .init(document: 3, count: 2), .init(document: 4, start: 9, count: 3),
        .init(document: PackedSequence.Piece.padding, count: 1),
      ],
      lossMask: [0, 1, 0, 1, 1, 0]),
    PackedSequence(tokens: [99_999], pieces: [.init(document: 5, count: 1)]),
  ]

  static func write(
    hasLossMasks: Bool, in folder: ScratchFolder
  ) throws -> String {
    let writer = try ParquetLayout.writer(
      prefix: folder.path(ParquetLayout.name(of: .validation, shard: 2)),
      TokenShardDescription(vocabularySize: 100_000, hasLossMasks: hasLossMasks))
    for sequence in sequences { try writer.append(sequence) }
    #expect(writer.tokenCount == 7)
    let files = try writer.publish()
    #expect(files.map(\.path) == [folder.path("val-00002.parquet")])
    return files[0].path
  }

  @Test(arguments: [false, true])
  func `rows have tokens, positions and documents, and labels with masks`(
    hasLossMasks: Bool
  ) throws {
    let folder = try ScratchFolder()
    let rows = try ParquetListReader(path: try Self.write(hasLossMasks: hasLossMasks, in: folder))
    #expect(
      rows.columns
        == ["input_ids", "position_ids", "document_ids"] + (hasLossMasks ? ["labels"] : []))
    let first: [[Int]?] = [[5, 6, 7, 8, 9, 0], [0, 1, 0, 1, 2, 0], [0, 0, 1, 1, 1, -1]]
    #expect(try rows.row(0) == first + (hasLossMasks ? [[-100, 6, -100, 8, 9, -100]] : []))
    #expect(try rows.row(1) == [[99_999], [0], [0]] + (hasLossMasks ? [[99_999]] : []))
  }

  @Test(arguments: [false, true])
  func `what is written comes back with its documents`(hasLossMasks: Bool) throws {
    let folder = try ScratchFolder()
    let path = try Self.write(hasLossMasks: hasLossMasks, in: folder)
    #expect(TokenShardFormat.recognise(folder.path("val-00002"))?.path == path)
    let reader = try ParquetLayout.reader(path, TokenShardHints())
    try reader.verify()
    #expect(reader.sequenceCount == 2)
    #expect(try reader.tokenCount == 7)
    var target = PackedSequence()
    for number in [1, 0] {
      try reader.read(number, into: &target)
      let expected = Self.sequences[number]
      #expect(target.tokens == expected.tokens)
      #expect(target.pieces.map(\.count) == expected.pieces.map(\.count))
      #expect(target.pieces.map(\.isPadding) == expected.pieces.map(\.isPadding))
      #expect(target.lossMask == (hasLossMasks ? expected.lossMask : []))
    }
  }

  @Test func `empty lists have no tokens`() throws {
    let folder = try ScratchFolder()
    let writer = try ParquetListWriter(path: folder.path("a.parquet"), columns: ["input_ids"])
    for row: [UInt32] in [[1, 2], [], [3]] { try writer.append([row]) }
    _ = try writer.publish()
    #expect(try ParquetTokenReader(path: folder.path("a.parquet")).tokenCount == 3)
  }

  @Test func `a column that is no list of tokens is named`() throws {
    let folder = try ScratchFolder()
    let writer = try ParquetListWriter(path: folder.path("a.parquet"), columns: ["numbers"])
    try writer.append([[1]])
    _ = try writer.publish()
    #expect(!ParquetLayout.recognises(folder.path("a.parquet")))
    let error = #expect(throws: TokenShardError.self) {
      try ParquetTokenReader(path: folder.path("a.parquet"))
    }
    #expect(error?.description.contains("input_ids") == true)

    let negative = try ParquetListWriter(path: folder.path("b.parquet"), columns: ["input_ids"])
    try negative.append([[1, 2, UInt32(bitPattern: -1)]])
    _ = try negative.publish()
    #expect(
      throws: TokenShardError.malformed(
        path: folder.path("b.parquet"), byteOffset: 4,
        .impossibleToken(sequence: 0, position: 2))
    ) { try ParquetTokenReader(path: folder.path("b.parquet")).verify() }
  }
}
