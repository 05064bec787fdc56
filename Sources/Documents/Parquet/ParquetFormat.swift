/// How a column's values are written as JSON.
enum ParquetFormat: Equatable {
  case boolean
  case signed32, signed64, unsigned32, unsigned64
  case float16, float, double
  /// An exact string of digits with `scale` of them behind the point.
  case decimal(scale: Int)
  /// ISO 8601 without time.
  case date
  case time(ParquetTimeUnit)
  /// ISO 8601, with `Z` when the writer says that it is UTC.
  case timestamp(ParquetTimeUnit, isUTC: Bool)
  /// Nanoseconds of the day and Julian day, as Impala and Spark write time stamps.
  case timestamp96
  /// A string; malformed UTF-8 becomes U+FFFD.
  case text
  /// A string when the bytes are UTF-8, else like `blob`.
  case bytes
  /// `{"base64":"..."}`.
  case blob
  case uuid
  case interval
  case null

  /// A meaning that does not fit the type is ignored, as if the column had none.
  init(_ type: ParquetType, byteCount: Int, _ meaning: ParquetSchemaElement.Meaning?) {
    let isWhole = type == .int32 || type == .int64
    let isBytes = type == .byteArray || type == .fixedLengthByteArray
    switch meaning {
    case .text? where isBytes: self = .text
    case .blob? where isBytes: self = .blob
    case .date? where type == .int32: self = .date
    case .time(let unit)? where type == (unit == .milliseconds ? .int32 : .int64):
      self = .time(unit)
    case .timestamp(let unit, let isUTC)? where type == .int64:
      self = .timestamp(unit, isUTC: isUTC)
    case .decimal(let scale)? where (isWhole || isBytes) && (0...1024).contains(scale):
      self = .decimal(scale: scale)
    case .unsigned? where isWhole: self = type == .int32 ? .unsigned32 : .unsigned64
    case .uuid? where type == .fixedLengthByteArray && byteCount == 16: self = .uuid
    case .float16? where type == .fixedLengthByteArray && byteCount == 2: self = .float16
    case .interval? where type == .fixedLengthByteArray && byteCount == 12: self = .interval
    case .null?: self = .null
    default: self = Self.plain(type)
    }
  }

  private static func plain(_ type: ParquetType) -> ParquetFormat {
    switch type {
    case .boolean: .boolean
    case .int32: .signed32
    case .int64: .signed64
    case .int96: .timestamp96
    case .float: .float
    case .double: .double
    case .byteArray: .bytes
    case .fixedLengthByteArray: .blob
    }
  }

  /// True when a value can be the text of a document.
  var isText: Bool { self == .text || self == .bytes }
}
