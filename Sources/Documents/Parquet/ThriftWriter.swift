/// Writes Thrift's compact protocol: fields in ascending order, nothing read back.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var lastFieldID = 0

  mutating func integer(_ id: Int, _ kind: ThriftReader.Kind, _ value: Int) {
    field(id, kind)
    zigzag(value)
  }

  mutating func boolean(_ id: Int, _ value: Bool) {
    field(id, value ? .isTrue : .isFalse)
  }

  mutating func binary(_ id: Int, _ value: [UInt8]) {
    field(id, .binary)
    varint(value.count)
    bytes += value
  }

  mutating func string(_ id: Int, _ value: String) {
    binary(id, Array(value.utf8))
  }

  /// A structure as a field.
  mutating func structure(_ id: Int, _ write: (inout ThriftWriter) -> Void) {
    field(id, .structure)
    element(write)
  }

  /// A structure as an element of a list, or as the whole.
  mutating func element(_ write: (inout ThriftWriter) -> Void) {
    let outer = lastFieldID
    lastFieldID = 0
    write(&self)
    bytes.append(0)
    lastFieldID = outer
  }

  /// The head of a list, whose elements follow.
  mutating func list(_ id: Int, _ kind: ThriftReader.Kind, count: Int) {
    field(id, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      varint(count)
    }
  }

  /// A number as an element of a list.
  mutating func zigzag(_ value: Int) {
    varint(value << 1 ^ value >> 63)
  }

  /// A string as an element of a list.
  mutating func string(_ value: String) {
    varint(value.utf8.count)
    bytes += Array(value.utf8)
  }

  private mutating func field(_ id: Int, _ kind: ThriftReader.Kind) {
    let delta = id - lastFieldID
    if (1...15).contains(delta) {
      bytes.append(UInt8(delta) << 4 | kind.rawValue)
    } else {
      bytes.append(kind.rawValue)
      zigzag(id)
    }
    lastFieldID = id
  }

  private mutating func varint(_ value: Int) {
    var rest = UInt(bitPattern: value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
