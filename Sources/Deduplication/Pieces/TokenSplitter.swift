internal import ByteKernels
internal import TextAnalysis

/// A token of the search for repeated substrings, with 122 bits of what it is.
struct Token {
  let start: UInt32
  let end: UInt32
  /// Below 2^61 - 1 both.
  let hashes: (UInt64, UInt64)
}

/// Splits text into tokens: what stands between white space, and of scripts written without spaces
/// each character.
///
/// A token begins and ends where a grapheme does: marks stay with the character before them, and a
/// mark behind a space takes the space along.
struct TokenSplitter {
  /// Scalars of the Basic Multilingual Plane that never begin a grapheme.
  private static let extenders: [UInt64] = {
    var bits = [UInt64](repeating: 0, count: 1024)
    for value in 0x80..<(0x1_0000 as UInt32) where computesExtender(value) {
      bits[Int(value >> 6)] |= 1 << UInt64(value & 63)
    }
    return bits
  }()

  private(set) var tokens: [Token] = []

  /// Replaces the tokens by those of a text of less than 4 GiB.
  mutating func split(_ text: Span<UInt8>) {
    tokens.removeAll(keepingCapacity: true)
    let bytes = text.raw
    var start = 0
    var offset = 0
    var isInside = false
    while offset < text.count {
      let byte = text[offset]
      if byte > 0x20, byte < 0x80 {
        if !isInside { (start, isInside) = (offset, true) }
        offset &+= 1
        continue
      }
      if byte < 0x80 {
        // Of ASCII only white space ends a token; other controls are part of one.
        let isSpace = byte == 0x20 || byte &- 9 < 5 || byte &- 0x1C < 4
        if isSpace {
          if isInside { append(bytes, start, offset) }
          isInside = false
        } else if !isInside {
          (start, isInside) = (offset, true)
        }
        offset &+= 1
        continue
      }
      let (scalar, next) = ScalarReader.read(text, at: offset)
      let kind = Self.kind(scalar)
      if isInside, kind == .space || kind == .single { append(bytes, start, offset) }
      switch kind {
      case .space: isInside = false
      case .other:
        if !isInside { (start, isInside) = (offset, true) }
      case .extender:
        if !isInside { (start, isInside) = (Self.grapheme(before: offset, in: text), true) }
      case .single:
        let end = Self.end(ofMarksFrom: next, in: text)
        append(bytes, offset, end)
        (offset, isInside) = (end, false)
        continue
      }
      offset = next
    }
    if isInside { append(bytes, start, text.count) }
  }

  private mutating func append(_ bytes: RawSpan, _ start: Int, _ end: Int) {
    let digest = PieceDigest.of(bytes, start..<end)
    tokens.append(
      Token(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        hashes: (RollingHash.reduce(digest.high), RollingHash.reduce(digest.low))))
  }

  private enum Kind { case space, single, extender, other }

  @inline(__always)
  private static func kind(_ scalar: UInt32) -> Kind {
    // Ideographs and Hangul syllables are most of what comes here.
    if scalar >= 0x3400, scalar < 0xA000 { return .single }
    if scalar >= 0xA1, scalar < 0x300 { return .other }
    if scalar >= 0xAC00, scalar < 0xD7A4 { return .other }
    let properties = ScalarProperties(of: scalar)
    if properties.isWhiteSpace { return .space }
    if scalar >= 0x300, isExtender(scalar) { return .extender }
    return properties.isUnspaced ? .single : .other
  }

  private static func isExtender(_ scalar: UInt32) -> Bool {
    if scalar < 0x1_0000 {
      return extenders[Int(scalar &>> 6)] &>> UInt64(scalar & 63) & 1 == 1
    }
    return computesExtender(scalar)
  }

  private static func computesExtender(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    // SARA AM of Thai and Lao are SpacingMark by exception (UAX #29, table 2).
    return scalar.properties.isGraphemeExtend || scalar.properties.generalCategory == .spacingMark
      || value == 0x200D || value == 0xE33 || value == 0xEB3
  }

  /// Where the grapheme begins that a mark at `offset` belongs to; controls take no marks.
  private static func grapheme(before offset: Int, in text: Span<UInt8>) -> Int {
    guard offset > 0 else { return 0 }
    let start = ScalarReader.start(before: offset, in: text)
    let scalar = ScalarReader.read(text, at: start).scalar
    let isControl = scalar < 0x20 || scalar == 0x85 || scalar == 0x2028 || scalar == 0x2029
    return isControl ? offset : start
  }

  private static func end(ofMarksFrom offset: Int, in text: Span<UInt8>) -> Int {
    var end = offset
    while end < text.count, text[end] >= 0x80 {
      let (scalar, next) = ScalarReader.read(text, at: end)
      guard scalar >= 0x300, isExtender(scalar) else { break }
      end = next
    }
    return end
  }
}
