import TestSupport
import Testing

@testable import Documents

/// The Parquet reader beside pyarrow, on the files of the project parquet-testing.
struct ParquetTests {
  @Test(arguments: ParquetGold.files)
  func `every row is what pyarrow reads`(name: String, rowCount: Int, checksum: UInt32) throws {
    guard let path = SharedData.path("parquet/parquet-testing/data/\(name)") else { return }
    let rows = try ParquetRows(path: path)
    #expect(rows.fault == nil)
    #expect(rows.rowCount == rowCount)
    #expect(rows.checksum == checksum)
    #expect(ReadSummary(path: path).errors.isEmpty)
  }

  /// Where pyarrow 26.0.1 says something else, or nothing.
  @Test(arguments: [
    // pyarrow refuses a map whose keys may be null; such a map is a list of pairs here.
    ("incorrect_map_schema", #"{"my_map":[["parent","another"],["name","report"]]}"#, 1),
    // pyarrow's nanoseconds overflow in the year 9999 (1816-03-29T08:56:08.066277376).
    ("int96_from_spark", #"{"a":"9999-12-31T03:00:00"}"#, 6),
  ])
  func `differences from pyarrow are on purpose`(name: String, line: String, count: Int) throws {
    guard let path = SharedData.path("parquet/parquet-testing/data/\(name).parquet") else { return }
    let rows = try ParquetRows(path: path)
    #expect(rows.fault == nil)
    #expect(rows.rowCount == count)
    #expect(rows.text.contains(line + "\n"))
  }

  @Test(arguments: [
    // pyarrow does not look at the checksums unless told to.
    ("datapage_v1-corrupt-checksum", "corrupt", "column a: the page's checksum is wrong"),
    (
      "rle-dict-uncompressed-corrupt-checksum", "corrupt",
      "column long_field: the page's checksum is wrong"
    ),
    // One page of a gigabyte would have to be in memory.
    ("large_string_map.brotli", "page-too-large", "write the file with smaller pages"),
  ])
  func `pages that cannot be read cost their row group`(
    name: String, code: String, message: String
  ) throws {
    guard let path = SharedData.path("parquet/parquet-testing/data/\(name).parquet") else { return }
    let summary = ReadSummary(path: path)
    #expect(summary.errors.map(\.code) == [code])
    #expect(summary.errors.first?.message.contains(message) == true)
  }

  @Test(arguments: [
    "encrypt_columns_and_footer", "encrypt_columns_plaintext_footer", "uniform_encryption",
    "external_key_material_java",
  ])
  func `an encrypted file is refused by name`(name: String) throws {
    let file = "parquet/parquet-testing/data/\(name).parquet.encrypted"
    guard let path = SharedData.path(file) else { return }
    let summary = ReadSummary(path: path)
    #expect(summary.counts == ["damaged encrypted": 1])
    #expect(summary.errors.first?.message.contains("decrypt it") == true)
  }

  /// What each file of bad_data is said to be, and how many rows are delivered.
  @Test(arguments: [
    ("ARROW-GH-41317", "column timestamp_us_no_tz: no page header", 2),
    ("ARROW-GH-41321", "column int64: numbers of 254 bits", 0),
    ("ARROW-GH-45185", "column x.list.element: levels that contradict the schema", 0),
    ("ARROW-GH-47662", "column flba_field: a page with fewer values than it declares", 0),
    (
      "ARROW-RS-GH-6229-DICTHEADER",
      "column region_key: the column would begin outside of the file",
      0
    ),
    (
      "ARROW-RS-GH-6229-LEVELS",
      "column outer.list.item.c: more values in the pages than the footer declares", 0
    ),
    ("PARQUET-1481", "the footer is damaged: a column of an unknown type", 0),
  ])
  func `bad data is named`(name: String, message: String, rowCount: Int) throws {
    let file = "parquet/parquet-testing/bad_data/\(name).parquet"
    guard let path = SharedData.path(file) else { return }
    let summary = ReadSummary(path: path)
    #expect(summary.errors.first?.message.hasPrefix(message) == true)
    #expect(summary.malformed.count == rowCount)
  }

  @Test(arguments: [
    "brotli", "delta-len-zstd", "gzip-v2", "lz4", "none-plain", "smallpages-snappy", "snappy-v1",
    "zstd-v2-rg64",
  ])
  func `one table reads the same in every encoding`(name: String) throws {
    guard let path = SharedData.path("parquet/text-tables/\(name).parquet"),
      let expected = SharedData.path("parquet/text-tables/expected.jsonl")
    else { return }
    let rows = try ParquetRows(path: path)
    #expect(rows.rowCount == 311)
    #expect(rows.checksum == 0xAE1E_82EF)
    let records = ReadSummary(path: path).records
    let lines = ReadSummary(path: expected).records
    #expect(records.map(\.id) == lines.map(\.id))
    #expect(records.map(\.payload) == lines.map(\.payload))
    #expect(records.map(\.url) == lines.map(\.url))
  }

  @Test func `flipped and missing bytes cost what they must and never the count`() throws {
    var generator = SeededGenerator(seed: 2024)
    let folder = try ScratchFolder()
    let names = [
      "nested_lists.snappy", "nullable.impala", "delta_byte_array", "datapage_v2.snappy",
      "rle_boolean_encoding", "lz4_raw_compressed", "byte_stream_split.zstd", "nonnullable.impala",
    ]
    for name in names {
      guard let path = SharedData.path("parquet/parquet-testing/data/\(name).parquet") else {
        return
      }
      let bytes = try folder.copy(of: path)
      for round in 0..<40 {
        var damaged = bytes
        if round % 8 == 0 { damaged.removeLast(Int.random(in: 1...bytes.count, using: &generator)) }
        for _ in 0..<(round % 3 + 1) where !damaged.isEmpty {
          let place = Int.random(in: damaged.indices, using: &generator)
          damaged[place] = UInt8.random(in: 0...255, using: &generator)
        }
        // The summary itself holds the reader to its count of bytes.
        let summary = ReadSummary(path: try folder.write("damaged", damaged))
        let sum = summary.events.reduce(0) { $0 + $1.byteCount }
        #expect(sum == damaged.count)
      }
    }
  }
}
