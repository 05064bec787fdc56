import TestSupport
import Testing

@testable import Documents

struct ParquetTableTests {
  private let fields: [ParquetTableField] = [
    .init("truth", .boolean), .init("small", .byte), .init("number", .double, isOptional: true),
    .init(
      "vector",
      .structure([
        .init("type", .byte), .init("size", .integer, isOptional: true),
        .init("indices", .integers, isOptional: true),
        .init("values", .doubles, isOptional: true),
      ]), isOptional: true),
    .init("counts", .longs),
  ]

  private func read(_ bytes: [UInt8], rows: Int = 1) throws -> [ParquetValue] {
    let folder = try ScratchFolder()
    return try ParquetTable.rows(
      path: try folder.write("a.parquet", bytes), maximumRowCount: rows)
  }

  private func row(_ vector: ParquetValue, counts: [Int], number: ParquetValue) -> ParquetValue {
    .structure([
      "truth": .boolean(true), "small": .integer(-3), "number": number, "vector": vector,
      "counts": .integers(counts),
    ])
  }

  @Test func `a row comes back as it was written, to the last bit`() throws {
    let values = [
      0.1, -0.0, .infinity, Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude,
    ]
    let vector = ParquetValue.structure([
      "type": .integer(1), "size": .null, "indices": .null, "values": .doubles(values),
    ])
    let sparse = ParquetValue.structure([
      "type": .integer(0), "size": .integer(9), "indices": .integers([0, 8]),
      "values": .doubles([]),
    ])
    for row in [
      row(vector, counts: [Int.max, Int.min, 0], number: .double(1e300)),
      row(sparse, counts: [], number: .null), row(.null, counts: [1], number: .null),
      row(sparse, counts: Array(0..<100_000), number: .double(-1)),
    ] {
      let bytes = ParquetTableWriter.bytes(fields, row: row, metadata: [("key", "value")])
      #expect(try read(bytes) == [row])
    }
  }

  @Test func `members are found by their name`() {
    let row = row(.null, counts: [1], number: .double(2))
    #expect(row["number"] == .double(2) && row["vector"] == .null && row["none"] == nil)
    #expect(row["number"]?["x"] == nil)
  }

  @Test func `more rows than are wanted are refused`() throws {
    let bytes = ParquetTableWriter.bytes(
      fields, row: row(.null, counts: [], number: .null), metadata: [])
    let error = #expect(throws: ShardError.self) { try read(bytes, rows: 0) }
    #expect(error?.message.contains("more than 0 rows") == true)
  }

  @Test func `a file that is not there, or no Parquet, is named`() throws {
    let error = #expect(throws: ShardError.self) {
      try ParquetTable.rows(path: "/none/at-all", maximumRowCount: 1)
    }
    #expect(error?.kind == .cannotOpen && error?.path == "/none/at-all")
    #expect(throws: ShardError.self) { try read(Array("PAR1 but nothing else".utf8)) }
  }
}
