internal import ByteKernels

/// Writes fields of Protocol Buffers one after the other.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: Int, _ value: ProtobufMessage.Value) {
    switch value {
    case .varint(let value):
      varint(UInt64(number) << 3)
      varint(value)
    case .fixed64(let value):
      varint(UInt64(number) << 3 | 1)
      bytes.append(littleEndian: value)
    case .bytes(let value):
      varint(UInt64(number) << 3 | 2)
      varint(UInt64(value.count))
      bytes.append(contentsOf: value)
    case .fixed32(let value):
      varint(UInt64(number) << 3 | 5)
      bytes.append(littleEndian: value)
    }
  }

  private mutating func varint(_ value: UInt64) { Varint.append(value, to: &bytes) }
}
