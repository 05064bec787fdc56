internal import ByteKernels

/// A Parquet file read whole, as values and not as documents; for the tables of models.
package enum ParquetTable {
  /// The rows of a file, each a structure of its columns.
  ///
  /// Refuses a file with more than `maximumRowCount` rows, and one whose numbers would take more than 1 GiB and
  /// more than 250 times the bytes of the file.
  package static func rows(
    path: String, maximumRowCount: Int
  ) throws(ShardError) -> [ParquetValue] {
    do {
      let file = try RandomAccessFile(path: path)
      return try rows(file, maximumRowCount)
    } catch let fault as ParquetFault {
      throw ShardError(
        kind: fault.kind, path: path, byteOffset: fault.byteOffset ?? 0, message: fault.message)
    } catch {
      let reason = (error as? FileError)?.reason ?? "\(error)"
      throw ShardError(kind: .cannotOpen, path: path, byteOffset: 0, message: reason)
    }
  }

  private static func rows(
    _ file: RandomAccessFile, _ maximumRowCount: Int
  ) throws(ParquetFault) -> [ParquetValue] {
    let footer = try ParquetFooter(.file(file))
    let reader = ParquetFileReader(
      .file(file), path: file.path, settings: ReadSettings(), baseName: "")
    var rows: [ParquetValue] = []
    for (index, group) in footer.groups.enumerated() {
      guard group.rowCount <= maximumRowCount - rows.count else {
        throw .corrupt("more than \(maximumRowCount) rows")
      }
      var assembler = try reader.rows(footer, index)
      for _ in 0..<group.rowCount {
        try assembler.startRow()
        var members: [ParquetValue.Member] = []
        for field in footer.schema.fields {
          members.append(.init(name: field.name, value: try assembler.value(of: field)))
        }
        rows.append(.structure(members))
      }
      try assembler.finish()
    }
    return rows
  }
}
