/// What the byte pairs of Johab mean, KS X 1001's annex 3, which ICU does not have.
///
/// Five bits each for the initial, the medial and the final of a syllable; symbols and hanja are those
/// of EUC-KR, two rows to a lead byte.
enum JohabIndex {
  /// Nil for a pair without meaning.
  static func scalar(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
    if lead >= 0x84, lead <= 0xD3 { return hangul(UInt32(lead) << 8 | UInt32(trail)) }
    let firstRow: UInt8
    switch lead {
    case 0xD9...0xDE: firstRow = 0xA1 + (lead - 0xD9) * 2
    case 0xE0...0xF9: firstRow = 0xCA + (lead - 0xE0) * 2
    default: return nil
    }
    let column: UInt8
    switch trail {
    case 0x31...0x7E: column = trail - 0x31
    case 0x91...0xFE: column = trail - 0x43
    default: return nil
    }
    return CharsetIndex.eucKR.scalar(firstRow + column / 94, 0xA1 + column % 94)
  }

  private static func hangul(_ bits: UInt32) -> UInt32? {
    let (initial, medial, final) = ((bits >> 10) & 31, (bits >> 5) & 31, bits & 31)
    let isInitial = initial >= 2 && initial <= 20
    let isFinal = final >= 2 && final <= 29 && final != 18
    let vowel = medials[Int(medial)]
    let tail = final < 18 ? final - (final > 0 ? 1 : 0) : final - 2
    if isInitial, let vowel, isFinal || final == 1 {
      return 0xAC00 + ((initial - 2) * 21 + vowel) * 28 + (final == 1 ? 0 : tail)
    }
    // Single letters, with fillers in the other places.
    switch (initial, medial, final) {
    case (2...20, 2, 1): return initials[Int(initial - 2)]
    case (1, _, 1): return vowel.map { 0x314F + $0 }
    case (1, 2, _) where isFinal: return finals[Int(tail - 1)]
    default: return nil
    }
  }

  private static let medials: [UInt32?] = {
    var medials = [UInt32?](repeating: nil, count: 32)
    for (number, code) in [3...7, 10...15, 18...23, 26...29].joined().enumerated() {
      medials[code] = UInt32(number)
    }
    return medials
  }()

  private static let initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ".unicodeScalars.map(\.value)
  private static let finals = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ".unicodeScalars.map(\.value)
}
