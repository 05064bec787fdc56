/// The printable stand-ins for bytes in GPT-2's files and in a `tokenizer.json`.
///
/// Bytes 0x21-0x7E, 0xA1-0xAC and 0xAE-0xFF stand for themselves as scalars; the other 68, in order,
/// are U+0100 to U+0143.
enum ByteAlphabet {
  /// The scalar of each byte.
  static let scalars: [Unicode.Scalar] = {
    var next: UInt32 = 0x100
    return (0..<256).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(UInt8(byte))
      default:
        defer { next += 1 }
        return Unicode.Scalar(next) ?? " "
      }
    }
  }()

  /// The byte of a scalar; nil for one that is no stand-in.
  static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    scalar.value < 0x144 ? bytes[Int(scalar.value)] : nil
  }

  private static let bytes: [UInt8?] = {
    var bytes = [UInt8?](repeating: nil, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = UInt8(byte) }
    return bytes
  }()

  /// The bytes in the order of their scalars: the order of their ids in a trained vocabulary.
  static let order: [UInt8] = (0...255).sorted { scalars[Int($0)].value < scalars[Int($1)].value }

  /// The UTF-8 of the stand-ins of some bytes.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for byte in bytes { text.append(contentsOf: UTF8.encode(scalars[Int(byte)]) ?? .init()) }
    return text
  }

  /// The bytes whose stand-ins a text is; nil when it holds another scalar.
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = byte(scalar) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
