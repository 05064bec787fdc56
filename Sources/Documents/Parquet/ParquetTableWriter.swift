internal import ByteKernels

/// Writes one row of numbers as a Parquet file: plain pages, one a column, not compressed.
package struct ParquetTableWriter {
  /// A page has to stay below 2 GiB.
  package static let maximumElementCount = 1 << 27

  private struct Column {
    let path: [String]
    let type: ParquetType
    var entryCount = 1
    var maximumDefinitionLevel = 0
    var maximumRepetitionLevel = 0
    var definitionLevel = 0
    var values: [UInt8] = []
    var offset = 0
    var byteCount = 0
  }

  private var columns: [Column] = []
  private var bytes = ParquetFooter.magic

  /// The bytes of the file; `row` is a structure with the fields' members in their order, and has
  /// at most `maximumElementCount` elements in a list.
  package static func bytes(
    _ fields: [ParquetTableField], row: ParquetValue, metadata: [(key: String, value: String)]
  ) -> [UInt8] {
    var writer = ParquetTableWriter()
    guard case .structure(let members) = row else { preconditionFailure("a row is a structure") }
    writer.add(fields, members, path: [], level: 0, reached: 0)
    for index in writer.columns.indices { writer.writePage(index) }
    let footer = writer.footer(fields, metadata)
    writer.bytes += footer
    writer.bytes.append(littleEndian: UInt32(footer.count))
    return writer.bytes + ParquetFooter.magic
  }

  /// `level` is what fields that are there reach, `reached` what they do.
  private mutating func add(
    _ fields: [ParquetTableField], _ members: [ParquetValue.Member]?, path: [String], level: Int,
    reached: Int
  ) {
    precondition(members.map { $0.count == fields.count } ?? true, "one member a field")
    for (index, field) in fields.enumerated() {
      let value = members?[index].value ?? .null
      let isThere = members != nil && value != .null
      let level = level + (field.isOptional ? 1 : 0)
      let reached = isThere ? level : reached
      precondition(members == nil || isThere || field.isOptional, "a field that must be there")
      if case .structure(let children) = field.shape {
        var below: [ParquetValue.Member]?
        if case .structure(let members) = value { below = members }
        add(children, below, path: path + [field.name], level: level, reached: reached)
      } else if let type = field.type {
        addColumn(field, type, value, path: path, level: level, reached: reached)
      }
    }
  }

  private mutating func addColumn(
    _ field: ParquetTableField, _ type: ParquetType, _ value: ParquetValue, path: [String],
    level: Int, reached: Int
  ) {
    let inList = field.isList ? ["list", "element"] : []
    var column = Column(path: path + [field.name] + inList, type: type)
    column.maximumDefinitionLevel = level + (field.isList ? 1 : 0)
    column.maximumRepetitionLevel = field.isList ? 1 : 0
    column.definitionLevel = reached
    switch value {
    case .boolean(let truth): column.values = [truth ? 1 : 0]
    case .integer(let number): Self.append(number, type, to: &column.values)
    case .double(let number): column.values.append(littleEndian: number.bitPattern)
    case .integers(let numbers):
      for number in numbers { Self.append(number, type, to: &column.values) }
      Self.count(numbers.count, of: &column)
    case .doubles(let numbers):
      for number in numbers { column.values.append(littleEndian: number.bitPattern) }
      Self.count(numbers.count, of: &column)
    case .null, .bytes, .list, .structure: break
    }
    columns.append(column)
  }

  private static func append(_ number: Int, _ type: ParquetType, to values: inout [UInt8]) {
    if type == .int32 {
      values.append(littleEndian: Int32(number))
    } else {
      values.append(littleEndian: Int64(number))
    }
  }

  /// An empty list is an entry too, of the level below that of its elements.
  private static func count(_ elementCount: Int, of column: inout Column) {
    precondition(elementCount <= maximumElementCount, "a page below 2 GiB")
    column.entryCount = max(1, elementCount)
    if elementCount > 0 { column.definitionLevel += 1 }
  }

  private mutating func writePage(_ index: Int) {
    let column = columns[index]
    var body: [UInt8] = []
    if column.maximumRepetitionLevel > 0 {
      var levels = ParquetLevels()
      levels.append(0)
      levels.append(1, count: column.entryCount - 1)
      levels.write(to: &body)
    }
    if column.maximumDefinitionLevel > 0 {
      var levels = ParquetLevels()
      levels.append(column.definitionLevel, count: column.entryCount)
      levels.write(to: &body)
    }
    body += column.values
    var header = ThriftWriter()
    header.element { page in
      page.integer(1, .i32, 0)
      page.integer(2, .i32, body.count)
      page.integer(3, .i32, body.count)
      page.structure(5) { data in
        data.integer(1, .i32, column.entryCount)
        data.integer(2, .i32, ParquetEncoding.plain.rawValue)
        data.integer(3, .i32, ParquetEncoding.runLength.rawValue)
        data.integer(4, .i32, ParquetEncoding.runLength.rawValue)
      }
    }
    columns[index].offset = bytes.count
    columns[index].byteCount = header.bytes.count + body.count
    bytes += header.bytes
    bytes += body
  }

  private func footer(
    _ fields: [ParquetTableField], _ metadata: [(key: String, value: String)]
  ) -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.element { file in
      file.integer(1, .i32, 1)
      file.list(2, .structure, count: fields.reduce(1) { $0 + $1.elementCount })
      file.element { root in
        root.string(4, "spark_schema")
        root.integer(5, .i32, fields.count)
      }
      for field in fields { field.appendSchema(to: &file) }
      file.integer(3, .i64, 1)
      file.list(4, .structure, count: 1)
      file.element { group in
        group.list(1, .structure, count: columns.count)
        for column in columns { Self.appendChunk(column, to: &group) }
        group.integer(2, .i64, columns.reduce(0) { $0 + $1.byteCount })
        group.integer(3, .i64, 1)
      }
      file.list(5, .structure, count: metadata.count)
      for pair in metadata {
        file.element { entry in
          entry.string(1, pair.key)
          entry.string(2, pair.value)
        }
      }
      file.string(6, "gristmill version 1.0.0")
    }
    return thrift.bytes
  }

  private static func appendChunk(_ column: Column, to group: inout ThriftWriter) {
    group.element { chunk in
      chunk.integer(2, .i64, column.offset)
      chunk.structure(3) { metadata in
        metadata.integer(1, .i32, column.type.rawValue)
        metadata.list(2, .i32, count: 2)
        metadata.zigzag(ParquetEncoding.plain.rawValue)
        metadata.zigzag(ParquetEncoding.runLength.rawValue)
        metadata.list(3, .binary, count: column.path.count)
        for name in column.path { metadata.string(name) }
        metadata.integer(4, .i32, ParquetCodec.uncompressed.rawValue)
        metadata.integer(5, .i64, column.entryCount)
        metadata.integer(6, .i64, column.byteCount)
        metadata.integer(7, .i64, column.byteCount)
        metadata.integer(9, .i64, column.offset)
      }
    }
  }
}
