/// What GB 18030's characters of four bytes mean, by their number in order.
///
/// The characters of the basic plane that no pair means are counted through in order; then come all
/// of the other planes.
enum FourByteIndex {
  static func scalar(_ number: Int) -> UInt32? {
    if number < basicPlane.count { return UInt32(basicPlane[number]) }
    guard number >= 189_000, number < 189_000 + 0x100000 else { return nil }
    return UInt32(0x10000 + number - 189_000)
  }

  /// As ICU has it, which is as the standard has it.
  private static let basicPlane: [UInt16] = {
    guard let converter = CharsetConverter("gb18030") else {
      preconditionFailure("ICU has no decoder for gb18030")
    }
    var codes: [UInt8] = []
    for number in 0..<39_420 {
      codes.append(UInt8(0x81 + number / 12_600))
      codes.append(UInt8(0x30 + number / 1260 % 10))
      codes.append(UInt8(0x81 + number / 10 % 126))
      codes.append(UInt8(0x30 + number % 10))
    }
    let text = String(decoding: converter.decode(codes.span, replaces: true).bytes, as: UTF8.self)
    let icu = text.unicodeScalars.map { UInt16(truncatingIfNeeded: $0.value) }
    precondition(icu.count == 39_420, "ICU's gb18030 has four bytes for the whole basic plane")
    return icu
  }()
}
