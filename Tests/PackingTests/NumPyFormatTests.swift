import ByteKernels
import FoundationEssentials
import TestSupport
import Testing

@testable import Packing

struct NumPyFormatTests {
  /// A file with the dictionary given, filled up as NumPy does.
  static func file(_ dictionary: String, version: UInt8 = 1, tokens: [UInt8]) -> [UInt8] {
    let start = version == 1 ? 10 : 12
    var text = Array(dictionary.utf8)
    while (start + text.count + 1) % 64 != 0 { text.append(0x20) }
    text.append(0x0A)
    return [0x93] + Array("NUMPY".utf8) + [version, 0]
      + FlatReference.bytes(of: text.count, byteCount: start - 8) + text + tokens
  }

  static let rows: [[UInt32]] = [[1, 2, 3], [4, 5, 0]]

  @Test(arguments: [(65_536, "<u2", 2), (65_537, "<u4", 4)])
  func `a shard is the bytes that numpy.save writes`(
    vocabularySize: Int, name: String, width: Int
  ) throws {
    let folder = try ScratchFolder()
    let published = try ShardFixture.write(
      Self.rows, as: .npy, to: folder.path("train-00000"),
      TokenShardDescription(vocabularySize: vocabularySize, sequenceLength: 3))
    #expect(published.map(\.path) == [folder.path("train-00000.npy")])
    // 20 spaces are left for the number of rows to grow.
    let dictionary =
      "{'descr': '\(name)', 'fortran_order': False, 'shape': (2, 3), }"
      + String(repeating: " ", count: 20)
    let expected = Self.file(
      dictionary, tokens: FlatReference.tokens(Self.rows.flatMap { $0 }, width: width))
    #expect(expected.count == 128 + 6 * width)
    #expect(try folder.read("train-00000.npy") == expected)
    let read = try ShardFixture.sequences(published[0].path, as: .npy)
    #expect(read.map(\.tokens) == Self.rows)
  }

  @Test(arguments: [("narrow", 50_257), ("wide", 100_277)])
  func `NumPy's own files are written and read`(name: String, vocabularySize: Int) throws {
    struct Gold: Decodable { let documents: [[UInt32]] }
    let fixtures = DatatroveFormatTests.fixtures
    let json = try Data(contentsOf: URL(fileURLWithPath: "\(fixtures)/rows.json"))
    let rows = try JSONDecoder().decode(Gold.self, from: json).documents
    let folder = try ScratchFolder()
    try ShardFixture.write(
      rows, as: .npy, to: folder.path(name),
      TokenShardDescription(vocabularySize: vocabularySize, sequenceLength: 16))
    #expect(try folder.read("\(name).npy") == folder.copy(of: "\(fixtures)/\(name).npy"))
    for (file, hints) in [(name, TokenShardHints()), ("flat", TokenShardHints(sequenceLength: 16))]
    {
      let read = try ShardFixture.sequences("\(fixtures)/\(file).npy", as: .npy, hints)
      #expect(read.map(\.tokens) == rows)
    }
  }

  @Test(arguments: [(1, 2), (1, 1 << 24), (Int.max, 1 << 24), (999_999_999_999, 2)])
  func `the header has one size whatever the shape`(rows: Int, length: Int) {
    for type in [TokenType.uint16, .uint32] {
      let bytes = NumPyHeader(type: type, rowCount: rows, columnCount: length).bytes
      #expect(bytes.count == NumPyHeader.writtenByteCount)
    }
  }

  @Test func `sequences without one length are refused before anything is written`() {
    let description = TokenShardDescription(vocabularySize: 10)
    #expect(NumPyLayout.obstacle(description)?.contains("sequence-length") == true)
  }

  @Test(arguments: [
    ("{'descr': '<i4', 'fortran_order': False, 'shape': (6,), }", 1 as UInt8, [6]),
    ("{\"shape\":(6),\"fortran_order\":True,\"descr\":\"<i4\"}", 2, [6]),
    ("{ 'descr' : '<i4' , 'shape' : ( 3 , 2 , ) , 'fortran_order' : False }  ", 3, [3, 2]),
  ])
  func `headers of other writers are read`(
    dictionary: String, version: UInt8, shape: [Int]
  ) throws {
    let folder = try ScratchFolder()
    let ids: [UInt32] = [1, 2, 3, 0x7FFF_FFFF, 5, 6]
    let path = try folder.write(
      "a.npy",
      Self.file(dictionary, version: version, tokens: FlatReference.tokens(ids, width: 4)))
    let read = try ShardFixture.sequences(path, as: .npy, TokenShardHints(sequenceLength: 2))
    #expect(read.map(\.tokens) == [[1, 2], [3, 0x7FFF_FFFF], [5, 6]])
    let whole = try ShardFixture.sequences(path, as: .npy)
    #expect(whole.count == (shape.count == 1 ? 1 : 3))
  }

  @Test(arguments: [
    ("{'descr': '>u2', 'fortran_order': False, 'shape': (2, 3), }", "token type >u2"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", "token type <f4"),
    ("{'descr': '<u2', 'fortran_order': True, 'shape': (2, 3), }", "rows back to back"),
    ("{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3, 1), }", "one or two dimensions"),
    ("{'descr': '<u2', 'fortran_order': False, 'shape': (), }", "one or two dimensions"),
    ("{'descr': '<u2', 'fortran_order': False, 'shape': (2, 4), }", "the file ends after"),
    ("{'descr': '<u2', 'fortran_order': False, 'shape': (2, 2), }", "are accounted for"),
    (
      "{'descr': '<u2', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
      "fits into no file"
    ),
    (
      "{'descr': '<u2', 'fortran_order': False, 'shape': (9999999999999999999, 0), }",
      "a number is too large"
    ),
    ("{'descr': '<u2', 'fortran_order': False, 'shape': (-1, 3), }", "a number should stand here"),
    ("{'descr': '<u2', 'fortran_order': 0, 'shape': (2, 3), }", "True or False"),
    ("{'descr': '<u2', 'shape': (2, 3), }", "a header has the keys"),
    ("{'descr': '<u2', 'descr': '<u2', 'shape': (2, 3), }", "stands twice"),
    ("{'descr': '<u2', 'order': False, 'shape': (2, 3), }", "the key 'order' is unknown"),
    ("{'descr': [('a', '<u2')], 'fortran_order': False, 'shape': (2, 3), }", "should stand here"),
    ("{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3), } x", "more follows"),
    ("{'descr': '<u2", "a string has no end"), ("", "'{' should stand here"),
  ])
  func `what is no array of tokens is refused with its place`(
    dictionary: String, message: String
  ) throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      "a.npy", Self.file(dictionary, tokens: [UInt8](repeating: 0, count: 12)))
    let error = try #require(throws: TokenShardError.self) {
      _ = try NumPyLayout.reader(path, TokenShardHints())
    }
    #expect(error.description.contains(message), "\(error)")
    #expect(error.description.hasPrefix("\(path): at byte "))
  }

  @Test func `every cut is found`() throws {
    let folder = try ScratchFolder()
    let whole = Self.file(
      "{'descr': '<u2', 'fortran_order': False, 'shape': (2, 3), }",
      tokens: FlatReference.tokens([1, 2, 3, 4, 5, 6], width: 2))
    for byteCount in 0..<whole.count {
      let path = try folder.write("a.npy", Array(whole.prefix(byteCount)))
      let found = try ShardFixture.fault(path, as: .npy)
      #expect(found?.byteOffset == byteCount)
      guard case .truncated(byteCount, _) = found?.2 else {
        Issue.record("\(byteCount): \(String(describing: found))")
        continue
      }
    }
  }

  @Test func `damaged files are read or refused`() throws {
    let ids = FlatFormatTests.documents(vocabularySize: 300, lengths: [60]).flatMap { $0 }
    for shape in ["(60,)", "(10, 6)", "(0, 6)", "(60, 0)"] {
      let tokens = shape.contains(" 0)") || shape.contains("(0") ? [] : ids
      let file = Self.file(
        "{'descr': '<u2', 'fortran_order': False, 'shape': \(shape), }",
        tokens: FlatReference.tokens(tokens, width: 2))
      try ShardFixture.fuzz(
        [("a.npy", file)], as: .npy, rounds: 80,
        hints: [TokenShardHints(), TokenShardHints(endOfDocument: 0)])
    }
  }
}
