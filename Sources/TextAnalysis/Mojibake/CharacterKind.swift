/// What a character is to the question whether two of them stand side by side in writing.
struct CharacterKind: OptionSet, Sendable {
  let rawValue: UInt16

  static let lower = CharacterKind(rawValue: 1)
  static let upper = CharacterKind(rawValue: 2)
  /// A letter of any case, or of a script without.
  static let letter = CharacterKind(rawValue: 4)
  static let digit = CharacterKind(rawValue: 8)
  /// What closes, or follows a word: closing quotes and marks, no-break space, dashes.
  static let closing = CharacterKind(rawValue: 16)
  /// What a letter before it speaks against: opening quotes and marks.
  static let opening = CharacterKind(rawValue: 32)
  /// Currency, mathematics, lines and boxes, signs.
  static let symbol = CharacterKind(rawValue: 64)
  static let control = CharacterKind(rawValue: 128)
  static let dash = CharacterKind(rawValue: 256)

  static func of(_ value: UInt32) -> CharacterKind {
    guard let scalar = Unicode.Scalar(value) else { return [] }
    if value < 0x80 { return ascii(UInt8(value)) }
    if value < 0xA0 { return .control }
    switch value {
    case 0xA0, 0xBB, 0x2019, 0x201D, 0x2026, 0x203A: return .closing
    case 0x2013, 0x2014: return [.closing, .dash]
    case 0xA1, 0xAB, 0xBF, 0x2018, 0x201A, 0x201C, 0x201E, 0x2039: return .opening
    case 0xAA, 0xB5, 0xBA, 0x0192, 0x02C6, 0x02DC: return .symbol
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return [.letter, .upper]
    case .lowercaseLetter: return [.letter, .lower]
    case .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark: return .letter
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return .closing
    default: return .symbol
    }
  }

  private static func ascii(_ byte: UInt8) -> CharacterKind {
    if byte >= 0x61 && byte <= 0x7A { return [.letter, .lower] }
    if byte >= 0x41 && byte <= 0x5A { return [.letter, .upper] }
    return byte >= 0x30 && byte <= 0x39 ? .digit : []
  }
}

/// A writing system, as far as letters of two do not stand in one word.
enum Script {
  case latin, greek, cyrillic, other

  /// Nil for what is no letter.
  static func of(_ value: UInt32) -> Script? {
    guard CharacterKind.of(value).contains(.letter) else { return nil }
    switch value {
    case 0..<0x2B0, 0x1E00..<0x1F00: return .latin
    case 0x2B0..<0x370: return nil
    case 0x370..<0x400, 0x1F00..<0x2000: return .greek
    case 0x400..<0x530: return .cyrillic
    default: return .other
    }
  }
}
