internal import ByteKernels

/// Writes the footer of a file of strings or lists.
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

  func bytes(
    columns: [ParquetColumnWriter], rowCount: Int, schemaName: String
  ) -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.element { file in
      file.integer(1, .i32, 2)
      let elementCount = columns.reduce(1) { $0 + ($1.kind == .integers ? 3 : 1) }
      file.list(2, .structure, count: elementCount)
      file.element { root in
        root.string(4, schemaName)
        root.integer(5, .i32, columns.count)
      }
      for column in columns { Self.appendSchema(column, to: &file) }
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

  private static func appendSchema(
    _ column: ParquetColumnWriter, to thrift: inout ThriftWriter
  ) {
    if column.kind == .integers { return appendList(column.name, to: &thrift) }
    let isJSON = column.kind == .json
    thrift.element { element in
      element.integer(1, .i32, ParquetType.byteArray.rawValue)
      element.integer(
        3, .i32, (column.isOptional ? ParquetRepetition.optional : .required).rawValue)
      element.string(4, column.name)
      element.integer(6, .i32, isJSON ? 19 : 0)
      element.structure(10) { logical in
        logical.structure(isJSON ? 12 : 1) { _ in }
      }
    }
  }

  /// Source: Apache Parquet, LogicalTypes.md, "Lists".
  private static func appendList(_ name: String, to thrift: inout ThriftWriter) {
    thrift.element { element in
      element.integer(3, .i32, ParquetRepetition.required.rawValue)
      element.string(4, name)
      element.integer(5, .i32, 1)
      element.integer(6, .i32, 3)
      element.structure(10) { logical in
        logical.structure(3) { _ in }
      }
    }
    thrift.element { list in
      list.integer(3, .i32, ParquetRepetition.repeated.rawValue)
      list.string(4, "list")
      list.integer(5, .i32, 1)
    }
    thrift.element { element in
      element.integer(1, .i32, ParquetType.int32.rawValue)
      element.integer(3, .i32, ParquetRepetition.required.rawValue)
      element.string(4, "element")
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
    let isList = column.kind == .integers
    thrift.integer(1, .i32, (isList ? ParquetType.int32 : .byteArray).rawValue)
    thrift.list(2, .i32, count: 2)
    thrift.zigzag(ParquetEncoding.plain.rawValue)
    thrift.zigzag(ParquetEncoding.runLength.rawValue)
    let path = [column.name] + (isList ? ["list", "element"] : [])
    thrift.list(3, .binary, count: path.count)
    for name in path { thrift.string(name) }
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
