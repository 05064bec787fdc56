/// Places where a text can be cut so that the ids of the parts, joined, are those of the whole.
///
/// Such a place lies behind a letter, before a blank or a comma or full stop of East Asia. Every pattern
/// that is named here ends a pre-token there whatever came before, none looks back over it, and
/// what stands before it does not depend on what follows.
enum SafeCut {
  /// How far a place is searched for: no text that people write goes on for so long without one.
  static let reach = 1 << 20

  /// The first such place from `offset` on, neither the beginning nor the end of a valid UTF-8 text.
  static func first(in text: Span<UInt8>, from offset: Int) -> Int? {
    let last = min(text.count - 1, max(offset, 1) + reach)
    var place = max(offset, 1)
    while place <= last {
      if endsLetters(text, at: place), letterEnds(in: text, at: place) { return place }
      place += 1
    }
    return nil
  }

  /// True before a blank, U+3001, U+3002 or U+FF0C.
  private static func endsLetters(_ text: Span<UInt8>, at place: Int) -> Bool {
    switch text[place] {
    case 0x20, 0x09, 0x0A, 0x0D: return true
    case 0xE3 where place + 2 < text.count:
      return text[place + 1] == 0x80 && (text[place + 2] == 0x81 || text[place + 2] == 0x82)
    case 0xEF where place + 2 < text.count:
      return text[place + 1] == 0xBC && text[place + 2] == 0x8C
    default: return false
    }
  }

  /// True when the scalar that ends at `place` is a letter.
  private static func letterEnds(in text: Span<UInt8>, at place: Int) -> Bool {
    let byte = text[place - 1]
    if byte < 0x80 { return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    var value: UInt32 = 0
    var shift: UInt32 = 0
    var index = place - 1
    while index > 0, shift < 18, text[index] & 0xC0 == 0x80 {
      value |= UInt32(text[index] & 0x3F) << shift
      shift += 6
      index -= 1
    }
    // The lead byte has as many bits fewer as bytes follow it.
    let width = shift / 6
    guard width > 0, text[index] >= 0xC2, text[index] < 0xF5 else { return false }
    value |= UInt32(text[index] & (0x3F >> width)) << shift
    return value < 0x11_0000 && ScalarClassTable.shared.scalarClass(value).contains(.letter)
  }
}

extension SplitPattern {
  /// True when texts can be cut where `SafeCut` says.
  var hasSafeCuts: Bool {
    switch self {
    case .whitespace, .digits, .digits3, .metaspace, .none, .expression: false
    default: true
    }
  }
}
