import ByteKernels
import TestSupport
import Testing

@testable import Documents

/// What a hostile Parquet file cannot do.
struct ParquetLimitsTests {
  private static func settings() -> ReadSettings {
    var settings = ReadSettings()
    settings.freeExpansionByteCount = 1 << 16
    settings.maximumExpansion = 10
    return settings
  }

  /// One string of a thousand bytes, so many times.
  private static func runs(_ count: Int, groupCount: Int = 1) -> [UInt8] {
    let string = [UInt8](repeating: UInt8(ascii: "x"), count: 1000)
    let pages = [HandMadeParquet.dictionary([string]), HandMadeParquet.run(count)]
    return HandMadeParquet(
      columns: [.init(pages: pages, valueCount: count)], rowCount: count, groupCount: groupCount
    ).bytes
  }

  @Test func `runs of a long string are given up when they come to too much`() throws {
    let bytes = Self.runs(Int(Int32.max))
    var settings = Self.settings()
    let summary = try ReadSummary(bytes, settings)
    // 1064 bytes each, and 1024 for the entries of the batch.
    #expect(summary.records.count == 60)
    #expect(summary.errors.map(\.code) == ["expansion-too-large"])
    #expect(summary.errors.first?.message.contains("maximum-expansion (10)") == true)
    #expect(summary.byteCount == bytes.count)
    settings.maximumExpansion = 100
    #expect(try ReadSummary(bytes, settings).records.count > 90)
    settings.maximumExpansion = 1 << 30
    #expect(try ReadSummary(Self.runs(3000), settings).records.count == 3000)
  }

  @Test func `rows of nulls are given up too`() throws {
    let count = Int(Int32.max)
    let column = HandMadeParquet.Column(
      isOptional: true, pages: [HandMadeParquet.nulls(count)], valueCount: count)
    let bytes = HandMadeParquet(columns: [column], rowCount: count).bytes
    let summary = try ReadSummary(bytes, Self.settings())
    #expect((900...1100).contains(summary.malformed.count))
    #expect(summary.errors.map(\.code) == ["expansion-too-large"])
    #expect(summary.byteCount == bytes.count)
  }

  @Test func `row groups that name the pages of another get nothing for free`() throws {
    let bytes = Self.runs(20, groupCount: 3)
    let summary = try ReadSummary(bytes, Self.settings())
    #expect(summary.records.count == 20)
    #expect(summary.errors.map(\.code) == ["expansion-too-large", "expansion-too-large"])
    #expect(summary.byteCount == bytes.count)
  }

  @Test func `delta strings above the maximum are not copied`() throws {
    let count = 200
    // The first string is a thousand bytes, and each behind it is the same again.
    var prefixes = HandMadeParquet.varint(8) + HandMadeParquet.varint(1)
    prefixes += HandMadeParquet.varint(count) + [0]
    // The first difference of 1000, then none: 16 bits a number in blocks of eight.
    prefixes += [0, 16, 0xE8, 0x03] + [UInt8](repeating: 0, count: 14)
    for _ in 0..<((count - 2) / 8) { prefixes += [0, 0] }
    var lengths = HandMadeParquet.varint(8) + HandMadeParquet.varint(1)
    lengths += HandMadeParquet.varint(count) + HandMadeParquet.varint(2000)
    // Back from 1000 to 0: the least difference is -1000, and the others are 1000 above it.
    lengths += HandMadeParquet.varint(1999) + [16, 0, 0]
    for _ in 1..<8 { lengths += [0xE8, 0x03] }
    for _ in 0..<((count - 2) / 8) { lengths += [0, 0] }
    let body = prefixes + lengths + [UInt8](repeating: 0x78, count: 1000)
    let page = HandMadeParquet.page(body, valueCount: count, encoding: .deltaByteArray)
    let bytes = HandMadeParquet(
      columns: [.init(pages: [page], valueCount: count)], rowCount: count
    ).bytes
    #expect(try ReadSummary(bytes).records.count == count)
    var settings = ReadSettings()
    settings.maximumRecordByteCount = 999
    #expect(try ReadSummary(bytes, settings).counts["malformed too-long"] == count)
    let column = ParquetColumn(
      path: "a", type: .byteArray, typeByteCount: 0, format: .bytes, maximumDefinitionLevel: 0,
      maximumRepetitionLevel: 0)
    var decoder = try ParquetValueDecoder(
      body, from: 0, encoding: ParquetEncoding.deltaByteArray.rawValue, column: column,
      hasDictionary: false, maximumByteCount: 999)
    var values = ParquetValues()
    try decoder.decode(count, dictionary: nil, into: &values)
    #expect(values.count == count)
    #expect(values.bytes.isEmpty)
  }

  @Test func `a value above the maximum is left out before it becomes JSON`() throws {
    var settings = ReadSettings()
    settings.maximumRecordByteCount = 100
    let controls = [UInt8](repeating: 1, count: 101)
    let columns = ["text", "other"].map { name in
      HandMadeParquet.Column(
        name: name,
        pages: [HandMadeParquet.plain([[0x78], name == "text" ? [0x79] : controls])],
        valueCount: 2)
    }
    let bytes = HandMadeParquet(columns: columns, rowCount: 2).bytes
    let summary = try ReadSummary(bytes, settings)
    #expect(summary.texts == ["x"])
    #expect(summary.counts["malformed too-long"] == 1)
    #expect(try ReadSummary(bytes).texts == ["x", "y"])
  }
}
