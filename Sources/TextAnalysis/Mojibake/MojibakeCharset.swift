/// A single-byte charset by which UTF-8 is often misread.
struct MojibakeCharset: Sendable {
  let name: String
  /// The byte that each character from 0x80 was; C1 controls, which a plain misreading as ISO 8859-1
  /// leaves, included.
  let bytes: [UInt32: UInt8]
  private let assigned: [Bool]

  /// The commonest first: where two read a text alike, the first counts.
  static let all: [MojibakeCharset] = [
    "windows-1252", "iso-8859-1", "windows-1251", "windows-1250", "macintosh", "ibm437",
    "iso-8859-2",
    "windows-1253", "windows-1254", "windows-1257", "iso-8859-15", "ibm850",
  ].compactMap(MojibakeCharset.init)

  private init?(_ name: String) {
    guard let table = SingleByteTable(Charset(name: name, kind: .singleByte)) else { return nil }
    self.name = name
    var bytes: [UInt32: UInt8] = [:]
    for control in 0x80...0x9F as ClosedRange<UInt8> { bytes[UInt32(control)] = control }
    for (offset, scalar) in table.scalars.enumerated() where scalar != 0xFFFD {
      bytes[scalar] = UInt8(0x80 + offset)
    }
    // The micro sign and the Greek letter are taken for one another.
    if let byte = bytes[0xB5] ?? bytes[0x3BC] { (bytes[0xB5], bytes[0x3BC]) = (byte, byte) }
    self.bytes = bytes
    assigned = table.scalars.map { $0 >= 0xA0 && $0 != 0xFFFD }
  }

  /// Whether a byte from 0x80 has a character that is no control.
  func assigns(_ byte: UInt8) -> Bool { assigned[Int(byte & 0x7F)] }

  /// What a character can be in one charset or another, in bits: the lead byte of a sequence in the
  /// lower 16, a byte within one in the upper.
  struct Roles: Sendable {
    private var rolesByScalar = [UInt32](repeating: 0, count: 0x2700)
    private var others: [UInt32: UInt32] = [:]

    static let shared = Roles()

    private init() {
      for (number, charset) in MojibakeCharset.all.enumerated() {
        for (scalar, byte) in charset.bytes {
          var roles: UInt32 = 0
          if (0xC2...0xF4).contains(byte) { roles = 1 << UInt32(number) }
          if byte < 0xC0 { roles = 1 << UInt32(number + 16) }
          if scalar < 0x2700 {
            rolesByScalar[Int(scalar)] |= roles
          } else {
            others[scalar, default: 0] |= roles
          }
        }
      }
    }

    func roles(of scalar: UInt32) -> UInt32 {
      scalar < 0x2700 ? rolesByScalar[Int(scalar)] : others[scalar] ?? 0
    }

    /// The charsets in which one character can begin a sequence that the other goes on.
    func charsets(of first: UInt32, before second: UInt32) -> UInt32 {
      roles(of: first) & 0xFFFF & (roles(of: second) >> 16)
    }

    var leads: [UInt32] {
      (0x80..<0x110000 as Range<UInt32>).filter { roles(of: $0) & 0xFFFF != 0 }
    }
  }
}
