import ByteKernels
import TestSupport
import Testing

@testable import Documents

struct ParquetColumnReaderTests {
  private static let large = [UInt8](repeating: UInt8(ascii: "x"), count: 5 << 20)

  /// The lengths of all values of the one column, and what its pages are counted with at the end.
  private static func read(
    _ column: HandMadeParquet.Column, columnCount: Int = 1
  ) throws -> (byteCounts: [Int?], heldByteCount: Int) {
    let file = HandMadeParquet(columns: [column], rowCount: column.valueCount)
    let folder = try ScratchFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = try folder.write("file", file.bytes)
    let input = ParquetInput.file(try RandomAccessFile(path: path))
    let footer = try ParquetFooter(input)
    let memory = ParquetPageMemory()
    let chunks = try footer.rowGroup(0).chunks
    let pages = try ParquetPageReader(
      chunks[0], input: input, decompressor: BlockDecompressor(), dataEnd: footer.dataEnd,
      windowByteCount: 512, memory: memory)
    var reader = ParquetColumnReader(
      column: footer.schema.columns[0], pages: pages, maximumByteCount: 32 << 20,
      expansion: ParquetExpansion(of: footer.groups[0], ReadSettings()), columnCount: columnCount)
    var byteCounts: [Int?] = []
    while try reader.load() { byteCounts.append(try reader.takeBytes()?.byteCount) }
    return (byteCounts, memory.heldByteCount)
  }

  @Test func `a column reads the same beside any number of others`() throws {
    let values = (0..<3000).map { [UInt8](repeating: 0x78, count: $0 % 7) }
    let pages = [
      HandMadeParquet.dictionary([[1, 2, 3]]), HandMadeParquet.run(2000),
      HandMadeParquet.plain(values),
    ]
    let column = HandMadeParquet.Column(pages: pages, valueCount: 5000)
    let expected = Array(repeating: 3, count: 2000) + values.map(\.count)
    for columnCount in [1, 4097, 1 << 16, 1 << 20] {
      #expect(try Self.read(column, columnCount: columnCount).byteCounts == expected)
    }
  }

  @Test(arguments: [false, true])
  func `a large dictionary that is needed again is kept`(hasPageBefore: Bool) throws {
    let plain = HandMadeParquet.plain([[1]])
    var pages = hasPageBefore ? [plain] : []
    pages.append(HandMadeParquet.dictionary([Self.large]))
    for _ in 0..<5 { pages += [HandMadeParquet.run(1), plain] }
    let column = HandMadeParquet.Column(pages: pages, valueCount: hasPageBefore ? 11 : 10)
    let read = try Self.read(column)
    #expect(read.byteCounts.suffix(10) == ArraySlice((0..<10).map { $0 % 2 == 0 ? 5 << 20 : 1 }))
    // Five bytes of the last page, four of a length, and eight of a place.
    #expect(read.heldByteCount == 5 << 20 + 5 + 4 + 8)
  }

  @Test func `one that is not needed again is not`() throws {
    let pages = [
      HandMadeParquet.dictionary([Self.large]), HandMadeParquet.run(1),
      HandMadeParquet.plain([[1]]),
    ]
    #expect(try Self.read(.init(pages: pages, valueCount: 2)).heldByteCount == 5)
  }

  @Test func `a dictionary of empty strings is counted with its places`() throws {
    let empty = [[UInt8]](repeating: [], count: 1000)
    let pages = [HandMadeParquet.dictionary(empty), HandMadeParquet.run(1)]
    let held = try Self.read(.init(pages: pages, valueCount: 1)).heldByteCount
    #expect((12_000...12_010).contains(held))
  }
}
