import TestSupport
import Testing

@testable import Documents

struct ParquetDocumentWriterTests {
  static let documents = [
    Document(id: "a", text: Array("Grüße\n".utf8), source: "web", added: "2024-01-02"),
    Document(
      id: "b", text: [], source: "web", created: "2023",
      metadata: Metadata(members: Array(#""lang": "de","n":[1,2]"#.utf8))),
    Document(id: "漢", text: Array("text".utf8), source: "books", added: "x", created: "y"),
  ]

  static func write(
    _ documents: [Document], to path: String, rowGroupByteCount: Int = 128 << 20
  ) throws {
    let writer = try ParquetDocumentWriter(
      path: path, level: 3, rowGroupByteCount: rowGroupByteCount)
    for document in documents { try writer.write(document) }
    _ = try writer.publish()
    #expect(writer.documentCount == documents.count)
    #expect(writer.textByteCount == documents.reduce(0) { $0 + $1.text.count })
  }

  static func documents(in path: String) -> [Document] {
    ReadSummary(path: path).records.map {
      Document(
        id: $0.id, text: $0.payload, source: $0.source, added: $0.added, created: $0.created,
        metadata: $0.metadata)
    }
  }

  /// Judged by pyarrow, DuckDB and Spark in `Tests/Tools/parquet-readers.py`.
  @Test func `what is written is read again, in any number of row groups`() throws {
    let folder = try ScratchFolder()
    for rowGroupByteCount in [1, 40, 1 << 20] {
      try Self.write(
        Self.documents, to: folder.path("file"), rowGroupByteCount: rowGroupByteCount)
      #expect(Self.documents(in: folder.path("file")) == Self.documents)
    }
  }

  @Test func `a file without documents has its columns`() throws {
    let folder = try ScratchFolder()
    try Self.write([], to: folder.path("file"))
    let summary = ReadSummary(path: folder.path("file"))
    #expect(summary.counts == ["parquet-footer": 1])
  }

  @Test func `many pages, long texts and long ids`() throws {
    let folder = try ScratchFolder()
    var generator = SeededGenerator(seed: 5)
    let documents = (0..<400).map { index in
      let count = index == 17 ? 3_000_000 : Int.random(in: 0...20_000, using: &generator)
      return Document(
        id: index == 20 ? String(repeating: "i", count: 2000) : "id\(index)",
        text: (0..<count).map { _ in UInt8.random(in: 32...126, using: &generator) },
        source: "s\(index % 3)", added: index % 7 == 0 ? nil : "2024")
    }
    try Self.write(documents, to: folder.path("file"), rowGroupByteCount: 3 << 20)
    #expect(Self.documents(in: folder.path("file")) == documents)
  }

  @Test func `the same documents give the same bytes`() throws {
    let folder = try ScratchFolder()
    try Self.write(Self.documents, to: folder.path("one"))
    try Self.write(Self.documents, to: folder.path("two"))
    let bytes = try folder.read("one")
    #expect(try folder.read("two") == bytes)
    #expect(bytes.suffix(4) == Array("PAR1".utf8))
  }

  @Test func `slices give each row once and every byte`() throws {
    let folder = try ScratchFolder()
    let path = folder.path("file")
    let documents = (0..<50).map {
      Document(id: "\($0)", text: Array(repeating: 65, count: 100), source: "s")
    }
    try Self.write(documents, to: path, rowGroupByteCount: 1000)
    let byteCount = try folder.read("file").count
    let cuts = ShardCuts(path: path, byteCount: byteCount, sliceByteCount: 300)
    #expect(cuts.obstacle == nil)
    #expect(cuts.offsets.count > 2)
    var ids: [String] = []
    var accounted = 0
    let ends = [0] + cuts.offsets + [byteCount]
    for (start, end) in zip(ends, ends.dropFirst()) {
      let reader = RecordReader(path: path, slice: start..<end)
      while let event = reader.next() {
        accounted += event.byteCount
        if case .record(let record) = event { ids.append(record.id) }
      }
    }
    #expect(ids == documents.map(\.id))
    #expect(accounted == byteCount)
  }

  @Test func `a file that is compressed as a whole is unpacked first`() throws {
    let folder = try ScratchFolder()
    try Self.write(Self.documents, to: folder.path("file"))
    let packed = try folder.write("file.bz2", Compressor.bzip2.unit(try folder.read("file")))
    #expect(Self.documents(in: packed) == Self.documents)
    var damaged = try folder.read("file.bz2")
    damaged[damaged.count / 2] ^= 0x55
    let summary = ReadSummary(path: try folder.write("damaged.bz2", damaged))
    #expect(summary.records.isEmpty)
    #expect(summary.errors.count == 1)
  }
}
