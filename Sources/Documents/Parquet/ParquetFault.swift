/// Why a part of a Parquet file cannot be read.
struct ParquetFault: Error, Equatable {
  var kind: ShardError.Code
  /// What is wrong and, where there is one, the remedy.
  var message: String
  /// In the file, or nil where the place is that of the enclosing structure.
  var byteOffset: Int?

  init(_ kind: ShardError.Code, _ message: String, at byteOffset: Int? = nil) {
    self.kind = kind
    self.message = message
    self.byteOffset = byteOffset
  }

  static func corrupt(_ message: String) -> ParquetFault { ParquetFault(.corrupt, message) }

  /// The same fault with a place, unless it knows a closer one.
  func located(at offset: Int) -> ParquetFault {
    ParquetFault(kind, message, at: byteOffset ?? offset)
  }
}
