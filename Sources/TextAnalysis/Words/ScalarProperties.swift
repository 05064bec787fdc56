internal import CKernels

/// What Unicode says of one scalar, as far as words, lines and the published rules need it.
///
/// The table is of Unicode 15.0; a scalar that version does not know has no property.
package struct ScalarProperties: Sendable, Equatable {
  package let bits: UInt16

  @inline(__always)
  package init(bits: UInt16) {
    self.bits = bits
  }

  /// The properties of a scalar; none for a number above 10FFFF.
  @inline(__always)
  package init(of scalar: UInt32) {
    bits = ck_scalar_properties(scalar)
  }

  @inline(__always)
  package var wordBreak: UInt16 { bits & 31 }
  @inline(__always)
  package var isExtendedPictographic: Bool { bits & Self.pictographic != 0 }
  /// General category L*, what Python's `str.isalpha` asks for.
  @inline(__always)
  package var isLetter: Bool { bits & Self.letter != 0 }
  /// What Python's `str.isspace` says: White_Space and U+001C to U+001F.
  @inline(__always)
  package var isWhiteSpace: Bool { bits & Self.whiteSpace != 0 }
  /// In datatrove's punctuation set of 281 scalars.
  @inline(__always)
  package var isPunctuation: Bool { bits & Self.punctuation != 0 }
  /// In datatrove's set of 159 scalars that end a sentence.
  @inline(__always)
  package var isSentenceEnd: Bool { bits & Self.sentenceEnd != 0 }
  /// Of a script written without spaces: Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar.
  @inline(__always)
  package var isUnspaced: Bool { bits & Self.unspaced != 0 }
  /// Where Python's `str.splitlines` splits.
  @inline(__always)
  package var isLineEnd: Bool { bits & Self.lineEnd != 0 }

  private static var pictographic: UInt16 { 1 << 5 }
  private static var letter: UInt16 { 1 << 6 }
  private static var whiteSpace: UInt16 { 1 << 7 }
  private static var punctuation: UInt16 { 1 << 8 }
  private static var sentenceEnd: UInt16 { 1 << 9 }
  private static var unspaced: UInt16 { 1 << 10 }
  private static var lineEnd: UInt16 { 1 << 11 }
}
