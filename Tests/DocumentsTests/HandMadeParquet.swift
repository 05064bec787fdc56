import ByteKernels

@testable import Documents

/// A Parquet file of uncompressed pages that say what a test wants.
struct HandMadeParquet {
  struct Column {
    var name = "text"
    var type = ParquetType.byteArray
    var isOptional = false
    var pages: [[UInt8]] = []
    var valueCount = 0
  }

  var columns: [Column] = []
  var rowCount = 0
  /// How often the footer names the row group.
  var groupCount = 1

  /// A page with its header, of version 1.
  static func page(
    _ body: [UInt8], valueCount: Int, encoding: ParquetEncoding, isDictionary: Bool = false
  ) -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.element { page in
      page.integer(1, .i32, isDictionary ? 2 : 0)
      page.integer(2, .i32, body.count)
      page.integer(3, .i32, body.count)
      page.structure(isDictionary ? 7 : 5) { data in
        data.integer(1, .i32, valueCount)
        data.integer(2, .i32, encoding.rawValue)
        if !isDictionary {
          data.integer(3, .i32, ParquetEncoding.runLength.rawValue)
          data.integer(4, .i32, ParquetEncoding.runLength.rawValue)
        }
      }
    }
    return thrift.bytes + body
  }

  static func dictionary(_ values: [[UInt8]]) -> [UInt8] {
    page(strings(values), valueCount: values.count, encoding: .plain, isDictionary: true)
  }

  /// A page of the first value of the dictionary again and again.
  static func run(_ count: Int) -> [UInt8] {
    page([1] + varint(count << 1) + [0], valueCount: count, encoding: .dictionary)
  }

  static func plain(_ values: [[UInt8]]) -> [UInt8] {
    page(strings(values), valueCount: values.count, encoding: .plain)
  }

  /// A page of an optional column that holds nothing.
  static func nulls(_ count: Int) -> [UInt8] {
    let levels = varint(count << 1) + [0]
    var body: [UInt8] = []
    body.append(littleEndian: UInt32(levels.count))
    return page(body + levels, valueCount: count, encoding: .plain)
  }

  static func strings(_ values: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for value in values {
      bytes.append(littleEndian: UInt32(value.count))
      bytes += value
    }
    return bytes
  }

  static func varint(_ value: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  var bytes: [UInt8] {
    var bytes = ParquetFooter.magic
    var starts: [Int] = []
    for column in columns {
      starts.append(bytes.count)
      for page in column.pages { bytes += page }
    }
    let footer = footer(starts)
    bytes += footer
    bytes.append(littleEndian: UInt32(footer.count))
    return bytes + ParquetFooter.magic
  }

  private func footer(_ starts: [Int]) -> [UInt8] {
    var thrift = ThriftWriter()
    thrift.element { file in
      file.integer(1, .i32, 1)
      file.list(2, .structure, count: columns.count + 1)
      file.element { root in
        root.string(4, "root")
        root.integer(5, .i32, columns.count)
      }
      for column in columns {
        file.element { element in
          element.integer(1, .i32, column.type.rawValue)
          element.integer(3, .i32, column.isOptional ? 1 : 0)
          element.string(4, column.name)
        }
      }
      file.integer(3, .i64, rowCount * groupCount)
      file.list(4, .structure, count: groupCount)
      for _ in 0..<groupCount { file.element { self.group(starts, &$0) } }
    }
    return thrift.bytes
  }

  private func group(_ starts: [Int], _ group: inout ThriftWriter) {
    group.list(1, .structure, count: columns.count)
    for (column, start) in zip(columns, starts) {
      group.element { chunk in
        chunk.structure(3) { metadata in
          metadata.integer(4, .i32, 0)
          metadata.integer(5, .i64, column.valueCount)
          metadata.integer(7, .i64, column.pages.reduce(0) { $0 + $1.count })
          metadata.integer(9, .i64, start)
        }
      }
    }
    group.integer(3, .i64, rowCount)
  }
}
