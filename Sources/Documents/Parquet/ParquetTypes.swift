/// How values are stored, as the format numbers them.
enum ParquetType: Int {
  case boolean, int32, int64, int96, float, double, byteArray, fixedLengthByteArray

  /// Bytes of one plain value; nil where it varies or is not whole.
  var byteCount: Int? {
    switch self {
    case .int32, .float: 4
    case .int64, .double: 8
    case .int96: 12
    case .boolean, .byteArray, .fixedLengthByteArray: nil
    }
  }

  /// True when values are places of bytes, not numbers.
  var isBytes: Bool { self == .byteArray || self == .fixedLengthByteArray || self == .int96 }
}

/// How the values of a page are laid out.
enum ParquetEncoding: Int {
  case plain = 0
  case plainDictionary = 2
  case runLength = 3
  case bitPacked = 4
  case deltaBinaryPacked = 5
  case deltaLengthByteArray = 6
  case deltaByteArray = 7
  case dictionary = 8
  case byteStreamSplit = 9
}

/// How often a field stands in its parent.
enum ParquetRepetition: Int {
  case required, optional, repeated
}

enum ParquetCodec: Int {
  case uncompressed, snappy, gzip, lzo, brotli, lz4, zstd, lz4Raw
}
