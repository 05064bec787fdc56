/// What Java, and the feature extractors, ask about a code point: class and lower case, as of Unicode 15.
///
/// Fixed by the table and not by the Swift runtime, so that a model means the same everywhere.
package struct CharacterTable: Sendable {
  /// One past the last code point with an entry; the planes above hold no letters.
  @inlinable
  package static var limit: Int { 0x4_0000 }
  package static let shared = CharacterTable()

  /// One entry a code point: lower case in the low 21 bits, `CharacterRanges` class above them.
  package let entries: [UInt32]

  private init() {
    var entries = (0..<UInt32(Self.limit)).map { $0 }
    let classes = CharacterRanges.classes
    for range in stride(from: 0, to: classes.count, by: 3) {
      for codePoint in classes[range]...classes[range + 1] {
        entries[Int(codePoint)] |= classes[range + 2] << 21
      }
    }
    let lowercase = CharacterRanges.lowercase
    for range in stride(from: 0, to: lowercase.count, by: 4) {
      let (first, last) = (Int(lowercase[range]), Int(lowercase[range + 1]))
      for codePoint in stride(from: first, through: last, by: Int(lowercase[range + 2])) {
        let mapped = UInt32(codePoint + Int(lowercase[range + 3]))
        entries[codePoint] = entries[codePoint] & ~0x1F_FFFF | mapped
      }
    }
    self.entries = entries
  }

  @inlinable
  package subscript(codePoint: UInt32) -> CharacterEntry {
    guard codePoint < Self.limit else { return CharacterEntry(bits: codePoint) }
    return CharacterEntry(bits: entries[Int(codePoint)])
  }
}

/// One code point's line in the character table.
package struct CharacterEntry: Sendable {
  package let bits: UInt32

  @inlinable @inline(__always)
  package init(bits: UInt32) { self.bits = bits }

  /// The simple lower-case mapping; the code point itself when it has none.
  @inlinable @inline(__always)
  package var lowercase: UInt32 { bits & 0x1F_FFFF }

  @inlinable @inline(__always)
  package var role: UInt32 { bits &>> 21 & 3 }

  /// How Java's word breaking sees it.
  var breakClass: UInt32 { bits >> 23 & 7 }

  /// Java's `isCased`: what makes a capital sigma before or after it medial.
  var isCased: Bool { bits >> 26 & 1 == 1 }

  /// Space, control, format character, or unassigned: between words.
  @inlinable
  package static var separator: UInt32 { 0 }
  /// Letter, mark or digit of a script that puts spaces between words: part of a word.
  @inlinable
  package static var wordPart: UInt32 { 1 }
  /// Punctuation, symbol, or a character of a script written without spaces: a word by itself.
  @inlinable
  package static var sign: UInt32 { 2 }

  static let breakLetter: UInt32 = 1
  static let breakDigit: UInt32 = 2
  /// Joins two letters: dash, underscore, apostrophe, quotation mark, full stop.
  static let breakJoiner: UInt32 = 3
  /// Mark or format character: belongs to what it follows.
  static let breakIgnored: UInt32 = 4
}
