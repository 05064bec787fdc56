/// A message in the wire format of Protocol Buffers: its fields in the order they stand in the file.
struct ProtobufMessage: Sendable, Equatable {
  enum Value: Sendable, Equatable {
    case varint(UInt64)
    case fixed64(UInt64)
    case bytes([UInt8])
    case fixed32(UInt32)
  }

  struct Field: Sendable, Equatable {
    let number: Int
    var value: Value
  }

  var fields: [Field] = []

  init() {}

  /// Reads all fields of a range of bytes.
  init(_ bytes: [UInt8], in range: Range<Int>) throws(ProtobufError) {
    var reader = ProtobufReader(bytes, in: range)
    try append(&reader)
  }

  /// Reads on: a message that stands twice in a file is the fields of both.
  mutating func append(_ reader: inout ProtobufReader) throws(ProtobufError) {
    while let number = try reader.next() {
      fields.append(Field(number: number, value: try reader.value()))
    }
  }

  /// The last value of a field, which is the one that counts.
  subscript(_ number: Int) -> Value? {
    fields.last { $0.number == number }?.value
  }

  func integer(_ number: Int) -> Int? {
    if case .varint(let value) = self[number] { Int(Int64(bitPattern: value)) } else { nil }
  }

  func flag(_ number: Int) -> Bool? {
    integer(number).map { $0 != 0 }
  }

  func bytes(_ number: Int) -> [UInt8]? {
    if case .bytes(let value) = self[number] { value } else { nil }
  }

  /// Puts one value in the place of all of a field.
  mutating func set(_ number: Int, _ value: Value) {
    if let place = fields.lastIndex(where: { $0.number == number }) {
      fields[place].value = value
    } else {
      fields.append(Field(number: number, value: value))
    }
  }

  mutating func set(_ number: Int, _ flag: Bool) {
    set(number, .varint(flag ? 1 : 0))
  }

  var encoded: [UInt8] {
    var writer = ProtobufWriter()
    for field in fields { writer.append(field.number, field.value) }
    return writer.bytes
  }
}
