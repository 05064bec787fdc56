/// Where a column's part of a row group is, and how it was stored.
struct ParquetChunk: Equatable {
  var codec: Int = 0
  var valueCount = 0
  var compressedByteCount = 0
  var dataPageOffset = 0
  var dictionaryPageOffset: Int?
  var isEncrypted = false
  /// The name of another file that holds the values.
  var filePath: String?

  /// The first byte of the column's pages.
  ///
  /// Some writers give 0 for "no dictionary"; one that lies behind the data is no beginning either.
  var start: Int {
    guard let dictionaryPageOffset, dictionaryPageOffset > 0 else { return dataPageOffset }
    return min(dictionaryPageOffset, dataPageOffset)
  }

  static func read(_ thrift: inout ThriftReader) throws(ParquetFault) -> ParquetChunk {
    var chunk = ParquetChunk()
    var hasMetadata = false
    try thrift.structure { (field, thrift) throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .binary): chunk.filePath = try thrift.string()
      case (3, .structure):
        hasMetadata = true
        try chunk.readMetadata(&thrift)
      case (8, .structure):
        chunk.isEncrypted = true
        return false
      default: return false
      }
      return true
    }
    if !hasMetadata, !chunk.isEncrypted { throw .corrupt("a column without metadata") }
    return chunk
  }

  private mutating func readMetadata(_ thrift: inout ThriftReader) throws(ParquetFault) {
    var chunk = self
    try thrift.structure { (field, thrift) throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (4, .i32): chunk.codec = try thrift.integer()
      case (5, .i64): chunk.valueCount = try thrift.count()
      case (7, .i64): chunk.compressedByteCount = try thrift.count()
      case (9, .i64): chunk.dataPageOffset = try thrift.count()
      case (11, .i64): chunk.dictionaryPageOffset = try thrift.count()
      default: return false
      }
      return true
    }
    self = chunk
  }
}

/// A row group as the footer describes it.
struct ParquetRowGroup {
  var chunks: [ParquetChunk] = []
  var rowCount = 0

  static func read(_ thrift: inout ThriftReader) throws(ParquetFault) -> ParquetRowGroup {
    var group = ParquetRowGroup()
    try thrift.structure { (field, thrift) throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .list):
        let (count, kind) = try thrift.listHead()
        guard kind == .structure else { throw .corrupt("columns that are no structures") }
        let limit = ParquetSchema.maximumElementCount
        guard group.chunks.count + count <= limit else {
          throw .corrupt("a row group of \(count) columns, above \(limit)")
        }
        for _ in 0..<count { group.chunks.append(try ParquetChunk.read(&thrift)) }
      case (3, .i64): group.rowCount = try thrift.count()
      default: return false
      }
      return true
    }
    return group
  }
}
