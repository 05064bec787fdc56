import ByteKernels
import TestSupport

@testable import Documents

/// The rows of a Parquet file as JSON objects, one line each, whatever their columns mean.
struct ParquetRows {
  var lines: [UInt8] = []
  var rowCount = 0
  /// Why reading stopped.
  var fault: ParquetFault?

  init(path: String) throws {
    let input = ParquetInput.file(try RandomAccessFile(path: path))
    let reader = ParquetFileReader(input, path: path, settings: ReadSettings(), baseName: "")
    guard let footer = reader.footer else { return }
    do throws(ParquetFault) {
      for index in footer.groups.indices where footer.groups[index].rowCount > 0 {
        var rows = try reader.rows(footer, index)
        for _ in 0..<footer.groups[index].rowCount {
          try append(footer.schema.fields, &rows)
          rowCount += 1
        }
        try rows.finish()
      }
    } catch {
      fault = error
    }
  }

  var checksum: UInt32 { Checksum32.crc(lines.span) }
  var text: String { String(decoding: lines, as: UTF8.self) }

  private mutating func append(
    _ fields: [ParquetField], _ rows: inout ParquetRowAssembler
  ) throws(ParquetFault) {
    for (index, field) in fields.enumerated() {
      lines.append(UInt8(ascii: index == 0 ? "{" : ","))
      lines += field.key
      var json: [UInt8] = []
      try rows.append(field, to: &json)
      lines += json
    }
    lines += Array("}\n".utf8)
  }
}
