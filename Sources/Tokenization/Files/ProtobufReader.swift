/// Bytes that are not a message of Protocol Buffers.
struct ProtobufError: Error, Sendable, Equatable {
  let byteOffset: Int
  let message: String
}

/// Reads the fields of a message one after the other; nothing is believed before it has been checked.
///
/// Groups, which the format gave up in 2008, are refused.
struct ProtobufReader {
  private let bytes: [UInt8]
  private(set) var position: Int
  private let end: Int
  private var wireType = 0

  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The number of the next field, whose value must then be read; nil at the end of the message.
  mutating func next() throws(ProtobufError) -> Int? {
    if position == end { return nil }
    let start = position
    let key = try varint()
    wireType = Int(key & 7)
    let number = key >> 3
    if number == 0 || number > 0x1FFF_FFFF {
      throw ProtobufError(byteOffset: start, message: "there is no field with number \(number)")
    }
    return Int(number)
  }

  /// The value of the field, whatever it is.
  mutating func value() throws(ProtobufError) -> ProtobufMessage.Value {
    switch wireType {
    case 0: return .varint(try varint())
    case 1: return .fixed64(try fixed(8))
    case 2: return .bytes(Array(bytes[try range()]))
    case 5: return .fixed32(UInt32(truncatingIfNeeded: try fixed(4)))
    default:
      throw ProtobufError(
        byteOffset: position, message: "a field has wire type \(wireType), which is not read here")
    }
  }

  /// The value of a field that must be a whole number.
  mutating func integer() throws(ProtobufError) -> UInt64 {
    try expect(0, "a whole number")
    return try varint()
  }

  /// The value of a field that must be a 32-bit floating-point number.
  mutating func float() throws(ProtobufError) -> Float {
    try expect(5, "a 32-bit number")
    return Float(bitPattern: UInt32(truncatingIfNeeded: try fixed(4)))
  }

  /// Where the bytes lie of a field that must be text, bytes or a message.
  mutating func content() throws(ProtobufError) -> Range<Int> {
    try expect(2, "of bytes")
    return try range()
  }

  private func expect(_ type: Int, _ meaning: String) throws(ProtobufError) {
    if wireType != type {
      throw ProtobufError(byteOffset: position, message: "a field that should be \(meaning) is not")
    }
  }

  private mutating func varint() throws(ProtobufError) -> UInt64 {
    let start = position
    if let value = Varint.read(bytes, &position, end: end) { return value }
    let isLong = position - start == Varint.maximumByteCount
    throw ProtobufError(
      byteOffset: start,
      message: isLong ? "a number is longer than ten bytes" : "the message ends inside a number")
  }

  private mutating func fixed(_ byteCount: Int) throws(ProtobufError) -> UInt64 {
    if end - position < byteCount {
      throw ProtobufError(byteOffset: position, message: "the message ends inside a number")
    }
    var value: UInt64 = 0
    for index in (0..<byteCount).reversed() { value = value << 8 | UInt64(bytes[position + index]) }
    position += byteCount
    return value
  }

  private mutating func range() throws(ProtobufError) -> Range<Int> {
    let start = position
    let count = try varint()
    if count > UInt64(end - position) {
      throw ProtobufError(
        byteOffset: start,
        message: "a field of \(count) bytes does not fit: \(end - position) are left")
    }
    let range = position..<(position + Int(count))
    position = range.upperBound
    return range
  }
}
