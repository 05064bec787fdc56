/// One entry of the footer's flattened schema.
struct ParquetSchemaElement {
  /// What a group or a value means; from the logical type, or else the older converted type.
  enum Meaning: Equatable {
    case text, map, list, date, uuid, float16, interval, null
    /// Bytes of a format of their own (BSON, geometry), never text.
    case blob
    case decimal(scale: Int)
    case time(ParquetTimeUnit)
    case timestamp(ParquetTimeUnit, isUTC: Bool)
    case unsigned
  }

  var type: ParquetType?
  var typeByteCount = 0
  var repetition = ParquetRepetition.required
  var name = ""
  var childCount = 0
  var meaning: Meaning?

  static func read(_ thrift: inout ThriftReader) throws(ParquetFault) -> ParquetSchemaElement {
    var element = ParquetSchemaElement()
    var (converted, scale) = (-1, 0)
    var logical: Meaning?
    try thrift.structure { (field, thrift) throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .i32):
        let type = ParquetType(rawValue: try thrift.integer())
        guard let type else { throw .corrupt("a column of an unknown type") }
        element.type = type
      case (2, .i32): element.typeByteCount = try thrift.count()
      case (3, .i32):
        let repetition = ParquetRepetition(rawValue: try thrift.integer())
        guard let repetition else { throw .corrupt("a column of unknown repetition") }
        element.repetition = repetition
      case (4, .binary): element.name = try thrift.string()
      case (5, .i32): element.childCount = try thrift.count()
      case (6, .i32): converted = try thrift.integer()
      case (7, .i32): scale = try thrift.integer()
      case (10, .structure): logical = try readLogicalType(&thrift)
      default: return false
      }
      return true
    }
    element.meaning = logical ?? meaning(converted: converted, scale: scale)
    return element
  }

  private static func meaning(converted: Int, scale: Int) -> Meaning? {
    switch converted {
    case 0, 4, 19: .text
    case 1, 2: .map
    case 3: .list
    case 5: .decimal(scale: scale)
    case 6: .date
    case 7: .time(.milliseconds)
    case 8: .time(.microseconds)
    case 9: .timestamp(.milliseconds, isUTC: true)
    case 10: .timestamp(.microseconds, isUTC: true)
    case 11...14: .unsigned
    case 20: .blob
    case 21: .interval
    default: nil
    }
  }

  /// A union: the one field that is set says which type it is.
  private static func readLogicalType(_ thrift: inout ThriftReader) throws(ParquetFault) -> Meaning?
  {
    var meaning: Meaning?
    try thrift.structure { (field, thrift) throws(ParquetFault) in
      guard field.kind == .structure else { return false }
      let detail = try LogicalDetail.read(&thrift)
      switch field.id {
      case 1, 4, 12: meaning = .text
      case 2: meaning = .map
      case 3: meaning = .list
      case 5: meaning = .decimal(scale: detail.first)
      case 6: meaning = .date
      case 7: meaning = detail.unit.map { .time($0) }
      case 8: meaning = detail.unit.map { .timestamp($0, isUTC: detail.isTrue) }
      case 10: meaning = detail.isFalse ? .unsigned : nil
      case 11: meaning = .null
      case 13, 17, 18: meaning = .blob
      case 14: meaning = .uuid
      case 15: meaning = .float16
      default: break
      }
      return true
    }
    return meaning
  }

  /// The few fields that logical types have: a number, a truth, a unit of time.
  private struct LogicalDetail {
    var first = 0
    var isTrue = false
    var isFalse = false
    var unit: ParquetTimeUnit?

    static func read(_ thrift: inout ThriftReader) throws(ParquetFault) -> LogicalDetail {
      var detail = LogicalDetail()
      try thrift.structure { (field, thrift) throws(ParquetFault) in
        switch (field.id, field.kind) {
        case (1, .i32): detail.first = try thrift.integer()
        case (_, .isTrue): detail.isTrue = true
        case (_, .isFalse): detail.isFalse = true
        case (2, .structure):
          try thrift.structure { (unit, _) throws(ParquetFault) in
            detail.unit = ParquetTimeUnit(rawValue: unit.id)
            return false
          }
        default: return false
        }
        return true
      }
      return detail
    }
  }
}

/// As the format numbers them.
enum ParquetTimeUnit: Int {
  case milliseconds = 1
  case microseconds = 2
  case nanoseconds = 3

  var perSecond: Int {
    switch self {
    case .milliseconds: 1000
    case .microseconds: 1_000_000
    case .nanoseconds: 1_000_000_000
    }
  }

  var digitCount: Int { 3 * rawValue }
}
