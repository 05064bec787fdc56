import ByteKernels
import TestSupport
import Testing

@testable import Documents

struct ParquetListTests {
  /// Writes rows of two columns and gives back the file's path.
  static func write(
    _ rows: [[[UInt32]]], rowGroupByteCount: Int = ParquetListWriter.rowGroupByteCount,
    in folder: ScratchFolder
  ) throws -> String {
    let path = folder.path("a.parquet")
    let writer = try ParquetListWriter(
      path: path, columns: ["a", "b"], rowGroupByteCount: rowGroupByteCount)
    for row in rows { try writer.append(row) }
    #expect(writer.rowCount == rows.count)
    _ = try writer.publish()
    return path
  }

  static let rows: [[[UInt32]]] = [
    [[1, 2, 3], [UInt32(bitPattern: -100), 7]], [[], [0]], [[9], []],
    [Array(0..<1000), Array(repeating: UInt32(Int32.max), count: 400)], [[5], [6]],
  ]

  /// As the signed numbers that are read.
  static func signed(_ row: [[UInt32]]) -> [[Int]?] {
    row.map { $0.map { Int(Int32(bitPattern: $0)) } }
  }

  @Test(arguments: [1, 100, ParquetListWriter.rowGroupByteCount])
  func `lists come back from row groups of any size, in any order`(byteCount: Int) throws {
    let folder = try ScratchFolder()
    let path = try Self.write(Self.rows, rowGroupByteCount: byteCount, in: folder)
    let reader = try ParquetListReader(path: path)
    #expect(reader.columns == ["a", "b"])
    #expect(reader.rowCount == 5)
    #expect(reader.byteOffset(ofRow: 0) == 4)
    #expect((reader.byteOffset(ofRow: 4) > 4) == (byteCount < ParquetListWriter.rowGroupByteCount))
    try reader.verify()
    for number in [0, 1, 2, 3, 4, 3, 0, 4, 2, 2] {
      #expect(try reader.row(number) == Self.signed(Self.rows[number]))
    }
  }

  @Test func `pages end behind the row that fills them`() throws {
    let folder = try ScratchFolder()
    let long: [UInt32] = Array(0..<150_000)
    let rows = [[long, [1]], [long, [2]], [long, [3]]]
    let reader = try ParquetListReader(path: try Self.write(rows, in: folder))
    for (number, row) in rows.enumerated() {
      let read = try reader.row(number)
      #expect(read == Self.signed(row))
    }
  }

  @Test func `a file without rows is a file`() throws {
    let folder = try ScratchFolder()
    let reader = try ParquetListReader(path: try Self.write([], in: folder))
    #expect(reader.rowCount == 0)
    try reader.verify()
  }

  @Test func `no cut and no changed byte traps, and cuts are named`() throws {
    let folder = try ScratchFolder()
    let whole = try folder.copy(
      of: try Self.write(Self.rows, rowGroupByteCount: 100, in: folder))
    func isSound(_ bytes: [UInt8]) throws -> Bool {
      let path = try folder.write("b.parquet", bytes)
      do throws(ShardError) {
        let reader = try ParquetListReader(path: path)
        try reader.verify()
        return true
      } catch {
        #expect(error.path == path)
        return false
      }
    }
    #expect(try isSound(whole))
    for byteCount in stride(from: 0, to: whole.count, by: 5) {
      #expect(try !isSound(Array(whole.prefix(byteCount))))
    }
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<400 {
      var changed = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        changed[Int.random(in: 0..<whole.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      _ = try isSound(changed)
    }
  }
}
