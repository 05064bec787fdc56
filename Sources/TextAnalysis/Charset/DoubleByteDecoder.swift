/// The WHATWG Encoding Standard's decoders of gb18030 (and gbk), Big5, EUC-JP, Shift_JIS and EUC-KR;
/// and one of Johab, which it lacks, in the same spirit.
///
/// An ASCII byte behind a lead byte it does not go with is read anew, so that damage never swallows
/// markup; any other byte goes with the lead byte into one U+FFFD.
struct DoubleByteDecoder: Sendable {
  private enum Form { case gb18030, big5, eucJP, shiftJIS, eucKR, johab }

  private let form: Form
  private let index: CharsetIndex

  /// Nil when the charset is none of them.
  init?(_ charset: Charset) {
    switch charset.name {
    case "gbk", "gb18030": (form, index) = (.gb18030, .gb18030)
    case "big5": (form, index) = (.big5, .big5)
    case "euc-jp": (form, index) = (.eucJP, .eucJP)
    case "shift_jis": (form, index) = (.shiftJIS, .shiftJIS)
    case "euc-kr": (form, index) = (.eucKR, .eucKR)
    case "johab": (form, index) = (.johab, .johab)
    default: return nil
    }
  }

  func decode(_ bytes: Span<UInt8>, replaces: Bool) -> DecodedBytes {
    var output = DecodedBytes(
      replaces: replaces, expectedByteCount: bytes.count + bytes.count / 2)
    var position = 0
    while position < bytes.count {
      let lead = bytes[position]
      if lead < 0x80 {
        output.appendASCII(bytes, &position)
      } else if let scalar = single(lead) {
        output.append(scalar)
        position &+= 1
      } else if isLead(lead) {
        position &+= character(bytes, at: position, &output)
      } else {
        output.appendMalformed()
        position &+= 1
      }
    }
    return output
  }

  /// What a byte from 0x80 means that stands alone.
  private func single(_ byte: UInt8) -> UInt32? {
    switch form {
    case .gb18030: byte == 0x80 ? 0x20AC : nil
    case .shiftJIS:
      byte == 0x80 ? 0x80 : (0xA1...0xDF).contains(byte) ? 0xFF61 - 0xA1 + UInt32(byte) : nil
    case .big5, .eucJP, .eucKR, .johab: nil
    }
  }

  private func isLead(_ byte: UInt8) -> Bool {
    switch form {
    case .gb18030, .big5, .eucKR, .johab: byte >= 0x81 && byte <= 0xFE
    case .eucJP: byte == 0x8E || byte == 0x8F || (byte >= 0xA1 && byte <= 0xFE)
    case .shiftJIS: byte >= 0x81 && byte <= 0xFC && byte != 0xA0
    }
  }

  /// Appends what begins with the lead byte here, and returns how many bytes that took.
  private func character(
    _ bytes: Span<UInt8>, at position: Int, _ output: inout DecodedBytes
  ) -> Int {
    guard position &+ 1 < bytes.count else {
      output.appendMalformed()
      return 1
    }
    let lead = bytes[position]
    let trail = bytes[position &+ 1]
    if let scalar = index.scalar(lead, trail) {
      if scalar & CharsetIndex.pairFlag == 0 {
        output.append(scalar)
      } else {
        output.append(scalar & 0xFFF)
        output.append((scalar ^ CharsetIndex.pairFlag) &>> 12)
      }
      return 2
    }
    if form == .gb18030, trail >= 0x30, trail <= 0x39 {
      return fourBytes(bytes, at: position, &output)
    }
    if form == .eucJP, lead == 0x8F, trail >= 0xA1, trail <= 0xFE {
      return 1 &+ pairOfJIS0212(bytes, at: position &+ 1, &output)
    }
    output.appendMalformed()
    return trail < 0x80 ? 1 : 2
  }

  private func pairOfJIS0212(
    _ bytes: Span<UInt8>, at position: Int, _ output: inout DecodedBytes
  ) -> Int {
    guard position &+ 1 < bytes.count else {
      output.appendMalformed()
      return 1
    }
    let trail = bytes[position &+ 1]
    if let scalar = CharsetIndex.jis0212.scalar(bytes[position], trail) {
      output.append(scalar)
      return 2
    }
    output.appendMalformed()
    return trail < 0x80 ? 1 : 2
  }

  /// A lead byte and a digit: of GB 18030's characters of four bytes, or malformed.
  private func fourBytes(
    _ bytes: Span<UInt8>, at position: Int, _ output: inout DecodedBytes
  ) -> Int {
    let available = bytes.count &- position
    let isThird = available > 2 && bytes[position &+ 2] >= 0x81 && bytes[position &+ 2] <= 0xFE
    guard available > 3 || (available > 2 && !isThird) else {
      // The text ends in the middle, which takes its digits with it.
      output.appendMalformed()
      return available
    }
    guard isThird, bytes[position &+ 3] >= 0x30, bytes[position &+ 3] <= 0x39 else {
      output.appendMalformed()
      return 1
    }
    let high = Int(bytes[position] &- 0x81) &* 10 &+ Int(bytes[position &+ 1] &- 0x30)
    let low = Int(bytes[position &+ 2] &- 0x81) &* 10 &+ Int(bytes[position &+ 3] &- 0x30)
    if let scalar = FourByteIndex.scalar(high &* 1260 &+ low) {
      output.append(scalar)
    } else {
      output.appendMalformed()
    }
    return 4
  }
}
