/// What the byte pairs of a charset mean: an index of the WHATWG Encoding Standard.
///
/// The tables are ICU's, asked once in a process; where the standard differs, it is followed
/// (`CharsetIndexMends`), and private-use characters that it does not have are taken out.
struct CharsetIndex: Sendable {
  /// A row of 256 for each lead byte from 0x81; 0 for a pair without meaning.
  private let scalars: [UInt32]

  static let firstLead: UInt8 = 0x81
  static let lastLead: UInt8 = 0xFE

  static let big5 = CharsetIndex("Big5-HKSCS", mends: CharsetIndexMends.big5) {
    !isPrivate($0.scalar)
  }
  static let gb18030 = CharsetIndex("gb18030", mends: CharsetIndexMends.gb18030)
  static let eucKR = CharsetIndex("windows-949") { !isPrivate($0.scalar) }
  static let shiftJIS = CharsetIndex("windows-31j") { $0.lead < 0xA0 || $0.lead > 0xDF }
  static let eucJP = CharsetIndex("euc-jp") { $0.lead != 0x8E || $0.trail < 0xE0 }
  /// The pairs behind EUC-JP's 0x8F.
  static let jis0212 = CharsetIndex("euc-jp", prefix: [0x8F]) { $0.lead < 0xF3 }

  static let johab = CharsetIndex(JohabIndex.scalar)
  /// The first plane of CNS 11643; the others have four bytes.
  static let eucTW = CharsetIndex("euc-tw")

  /// The meaning of a pair: nil for none.
  ///
  /// Four pairs of Big5 mean two scalars: the first in the lower 12 bits, the second above them
  /// under `pairFlag`.
  @inline(__always)
  func scalar(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
    let scalar = scalars[Int(lead &- Self.firstLead) &<< 8 | Int(trail)]
    return scalar == 0 ? nil : scalar
  }

  static let pairFlag: UInt32 = 0x8000_0000

  private typealias Entry = (lead: UInt8, trail: UInt8, scalar: UInt32)

  private init(
    _ converterName: String, prefix: [UInt8] = [], mends: [UInt16: UInt32] = [:],
    where isStandard: (Entry) -> Bool = { _ in true }
  ) {
    guard let converter = CharsetConverter(converterName) else {
      preconditionFailure("ICU has no decoder for \(converterName)")
    }
    var scalars = [UInt32](repeating: 0, count: 126 * 256)
    for lead in Self.firstLead...Self.lastLead {
      let row = Self.row(of: lead, prefix: prefix, converter)
      for (trail, scalar) in row where isStandard((lead, trail, scalar)) {
        scalars[Int(lead - Self.firstLead) << 8 | Int(trail)] = scalar
      }
    }
    for (pair, scalar) in mends {
      scalars[(Int(pair >> 8) - Int(Self.firstLead)) << 8 | Int(pair & 0xFF)] = scalar
    }
    self.scalars = scalars
  }

  private init(_ scalar: (UInt8, UInt8) -> UInt32?) {
    scalars = (Self.firstLead...Self.lastLead).flatMap { lead in
      (0...0xFF).map { scalar(lead, $0) ?? 0 }
    }
  }

  /// The trail bytes that follow a lead byte, with what the pairs mean to ICU.
  private static func row(
    of lead: UInt8, prefix: [UInt8], _ converter: CharsetConverter
  ) -> [(UInt8, UInt32)] {
    // All pairs at once, a line each: one by one they took longer than all detection does.
    let trails = 0x40...0xFE as ClosedRange<UInt8>
    var pairs: [UInt8] = []
    for trail in trails {
      pairs.append(contentsOf: prefix)
      pairs.append(lead)
      pairs.append(trail)
      pairs.append(0x0A)
    }
    var row: [(UInt8, UInt32)] = []
    var (trail, scalar, count) = (trails.lowerBound, UInt32(0), 0)
    for byte in converter.decode(pairs.span, replaces: true).bytes {
      if byte == 0x0A {
        if count == 1, scalar != 0xFFFD { row.append((trail, scalar)) }
        (trail, count) = (trail &+ 1, 0)
      } else if byte & 0xC0 == 0x80 {
        scalar = scalar << 6 | UInt32(byte & 0x3F)
      } else {
        scalar = UInt32(byte < 0x80 ? byte : byte < 0xE0 ? byte & 0x1F : byte & 0x0F)
        count += 1
      }
    }
    return row
  }

  static func isPrivate(_ scalar: UInt32) -> Bool { (0xE000...0xF8FF).contains(scalar) }
}
