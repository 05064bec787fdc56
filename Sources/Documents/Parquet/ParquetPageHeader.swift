/// What stands before the bytes of a page.
struct ParquetPageHeader {
  enum Kind: Equatable {
    case data
    /// Levels stand uncompressed before the values.
    case dataV2(definitionByteCount: Int, repetitionByteCount: Int, isCompressed: Bool)
    case dictionary
    /// An index page, or a kind that is younger than this reader.
    case other
  }

  var kind = Kind.other
  var byteCount = 0
  var storedByteCount = 0
  var checksum: UInt32?
  var valueCount = 0
  var encoding = 0
  var definitionEncoding = ParquetEncoding.runLength.rawValue
  var repetitionEncoding = ParquetEncoding.runLength.rawValue

  var needsDictionary: Bool {
    encoding == ParquetEncoding.dictionary.rawValue
      || encoding == ParquetEncoding.plainDictionary.rawValue
  }

  static func read(_ thrift: inout ThriftReader) throws(ParquetFault) -> ParquetPageHeader {
    var header = ParquetPageHeader()
    var type = -1
    var kinds: [Kind] = []
    try thrift.structure { (field, thrift) throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .i32): type = try thrift.integer()
      case (2, .i32): header.byteCount = try thrift.count()
      case (3, .i32): header.storedByteCount = try thrift.count()
      case (4, .i32): header.checksum = UInt32(truncatingIfNeeded: try thrift.integer())
      case (5, .structure): kinds.append(try header.readData(&thrift))
      case (7, .structure): kinds.append(try header.readDictionary(&thrift))
      case (8, .structure): kinds.append(try header.readDataV2(&thrift))
      default: return false
      }
      return true
    }
    guard header.byteCount <= Int32.max, header.storedByteCount <= Int32.max,
      header.valueCount <= Int32.max
    else { throw .corrupt("a page above two gigabytes") }
    let expected: [Int: (Kind) -> Bool] = [
      0: { $0 == .data }, 2: { $0 == .dictionary },
      3: { if case .dataV2 = $0 { true } else { false } },
    ]
    guard type >= 0 else { throw .corrupt("a page without a type") }
    if let isExpected = expected[type] {
      guard let kind = kinds.last, kinds.count == 1, isExpected(kind) else {
        throw .corrupt("a page header that does not fit its type")
      }
      header.kind = kind
    }
    return header
  }

  private mutating func readData(_ thrift: inout ThriftReader) throws(ParquetFault) -> Kind {
    var header = self
    try thrift.structure { (field, thrift) throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .i32): header.valueCount = try thrift.count()
      case (2, .i32): header.encoding = try thrift.integer()
      case (3, .i32): header.definitionEncoding = try thrift.integer()
      case (4, .i32): header.repetitionEncoding = try thrift.integer()
      default: return false
      }
      return true
    }
    self = header
    return .data
  }

  private mutating func readDictionary(_ thrift: inout ThriftReader) throws(ParquetFault) -> Kind {
    var header = self
    try thrift.structure { (field, thrift) throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .i32): header.valueCount = try thrift.count()
      case (2, .i32): header.encoding = try thrift.integer()
      default: return false
      }
      return true
    }
    self = header
    return .dictionary
  }

  private mutating func readDataV2(_ thrift: inout ThriftReader) throws(ParquetFault) -> Kind {
    var header = self
    var (definitionByteCount, repetitionByteCount, isCompressed) = (0, 0, true)
    try thrift.structure { (field, thrift) throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .i32): header.valueCount = try thrift.count()
      case (4, .i32): header.encoding = try thrift.integer()
      case (5, .i32): definitionByteCount = try thrift.count()
      case (6, .i32): repetitionByteCount = try thrift.count()
      case (7, .isFalse): isCompressed = false
      case (7, .isTrue): isCompressed = true
      default: return false
      }
      return true
    }
    self = header
    return .dataV2(
      definitionByteCount: definitionByteCount, repetitionByteCount: repetitionByteCount,
      isCompressed: isCompressed)
  }
}
