internal import ByteKernels

/// Writes the footer of a file of documents.
struct ParquetFooterWriter {
  /// A column of a finished row group.
  struct Part {
    let offset: Int
    let summary: ParquetColumnWriter.Summary
  }

  private static let writer = "gristmill"
  private var groups: [(parts: [Part], rowCount: Int)] = []

  mutating func append(_ parts: [Part], rowCount: Int) {
    groups.append((parts, rowCount))
  }

  func bytes(columns: [ParquetColumnWriter], rowCount: Int) -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.element { file in
      file.integer(1, .i32, 2)
      file.list(2, .structure, count: columns.count + 1)
      file.element { root in
        root.string(4, "documents")
        root.integer(5, .i32, columns.count)
      }
      for column in columns { file.element { Self.schema(column, &$0) } }
      file.integer(3, .i64, rowCount)
      file.list(4, .structure, count: groups.count)
      for group in groups { file.element { Self.rowGroup(group, columns, &$0) } }
      file.list(5, .structure, count: 1)
      file.element { pair in
        pair.string(1, "writer")
        pair.string(2, Self.writer)
      }
      // Readers parse this to know the bugs of a writer; the version is that of the layout.
      file.string(6, "\(Self.writer) version 1.0.0")
      // The order that statistics are in: that of the column's type.
      file.list(7, .structure, count: columns.count)
      for _ in columns { file.element { $0.structure(1) { _ in } } }
    }
    return thrift.bytes
  }

  private static func schema(_ column: ParquetColumnWriter, _ thrift: inout ThriftWriter) {
    let isJSON = column.name == "metadata"
    thrift.integer(1, .i32, ParquetType.byteArray.rawValue)
    thrift.integer(
      3, .i32, (column.isOptional ? ParquetRepetition.optional : .required).rawValue)
    thrift.string(4, column.name)
    thrift.integer(6, .i32, isJSON ? 19 : 0)
    thrift.structure(10) { logical in
      logical.structure(isJSON ? 12 : 1) { _ in }
    }
  }

  private static func rowGroup(
    _ group: (parts: [Part], rowCount: Int), _ columns: [ParquetColumnWriter],
    _ thrift: inout ThriftWriter
  ) {
    thrift.list(1, .structure, count: columns.count)
    for (column, part) in zip(columns, group.parts) {
      thrift.element { chunk in
        chunk.integer(2, .i64, 0)
        chunk.structure(3) { metadata(column, part, &$0) }
      }
    }
    thrift.integer(2, .i64, group.parts.reduce(0) { $0 + $1.summary.byteCount })
    thrift.integer(3, .i64, group.rowCount)
    thrift.integer(5, .i64, group.parts.first?.offset ?? 0)
    thrift.integer(6, .i64, group.parts.reduce(0) { $0 + $1.summary.storedByteCount })
  }

  private static func metadata(
    _ column: ParquetColumnWriter, _ part: Part, _ thrift: inout ThriftWriter
  ) {
    let summary = part.summary
    thrift.integer(1, .i32, ParquetType.byteArray.rawValue)
    thrift.list(2, .i32, count: 2)
    thrift.zigzag(ParquetEncoding.plain.rawValue)
    thrift.zigzag(ParquetEncoding.runLength.rawValue)
    thrift.list(3, .binary, count: 1)
    thrift.string(column.name)
    thrift.integer(4, .i32, ParquetCodec.zstd.rawValue)
    thrift.integer(5, .i64, summary.valueCount)
    thrift.integer(6, .i64, summary.byteCount)
    thrift.integer(7, .i64, summary.storedByteCount)
    thrift.integer(9, .i64, part.offset)
    thrift.structure(12) { statistics in
      statistics.integer(3, .i64, summary.nullCount)
      if let greatest = summary.greatest { statistics.binary(5, greatest) }
      if let least = summary.least { statistics.binary(6, least) }
    }
  }
}
