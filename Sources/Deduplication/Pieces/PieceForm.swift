internal import ByteKernels
internal import TextAnalysis

/// What of two pieces has to be equal for one to be a copy of the other.
package enum PieceForm: String, CaseIterable, SettingChoice {
  /// The bytes as they are (dolma's paragraphs).
  case bytes
  /// The bytes without white space at the ends.
  case trimmed
  /// Trimmed and in lower case as Python's `strip().lower()` gives it (C4's lines, before MD5).
  case lowerCase = "lower-case"
  /// Trimmed, in lower case, each decimal digit a 0, control characters and typographic punctuation
  /// removed (CCNet's `normalize_for_dedup`, before SHA-1).
  case ccnet

  /// The range without the white space at its ends: what Python's `str.isspace` says.
  static func trimmed(_ range: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    let (start, end) = (range.lowerBound, range.upperBound)
    // Letters and most punctuation of ASCII at both ends: nothing to trim, which is the rule.
    if start < end, isPlain(text[start]), isPlain(text[end &- 1]) { return range }
    return ScalarReader.trimmed(range, in: text)
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x80 }
}
