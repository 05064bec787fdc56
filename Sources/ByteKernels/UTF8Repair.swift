/// Makes valid UTF-8 of any bytes, counting what had to be replaced.
///
/// One replacement stands for each maximal subpart of an ill-formed subsequence (Unicode Standard
/// 15.0, section 3.9, "U+FFFD Substitution of Maximal Subparts"), as in the WHATWG decoder and in
/// Python's `bytes.decode(errors="replace")`.
package enum UTF8Repair {
  /// What is put in the place of a malformed sequence.
  package enum Replacement: Sendable {
    /// U+FFFD.
    case replacementCharacter
    /// Nothing.
    case removal
  }

  /// The bytes made valid, and the number of malformed sequences; valid bytes come back as they are.
  package static func repaired(
    _ bytes: [UInt8], replacing replacement: Replacement
  ) -> (bytes: [UInt8], count: Int) {
    if UTF8Validator.isValid(bytes.span) { return (bytes, 0) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    var count = 0
    var runStart = 0
    var position = 0
    while let malformed = firstMalformed(in: bytes.span, from: position) {
      result.append(contentsOf: bytes[runStart..<malformed.lowerBound])
      if replacement == .replacementCharacter { result.append(contentsOf: [0xEF, 0xBF, 0xBD]) }
      count += 1
      position = malformed.upperBound
      runStart = position
    }
    result.append(contentsOf: bytes[runStart...])
    return (result, count)
  }

  /// The number of malformed sequences and of well-formed ones beyond ASCII.
  package static func census(of bytes: Span<UInt8>) -> (malformed: Int, wellFormed: Int) {
    var malformed = 0
    var wellFormed = 0
    var position = 0
    while position < bytes.count {
      if bytes[position] < 0x80 {
        position &+= 1
        continue
      }
      let step = sequence(in: bytes, at: position)
      if step.isWellFormed { wellFormed &+= 1 } else { malformed &+= 1 }
      position &+= step.byteCount
    }
    return (malformed, wellFormed)
  }

  /// The first maximal subpart that is not part of a well-formed sequence.
  private static func firstMalformed(in bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
    var position = start
    while position < bytes.count {
      if bytes[position] < 0x80 {
        position &+= 1
        continue
      }
      let step = sequence(in: bytes, at: position)
      if !step.isWellFormed { return position..<(position &+ step.byteCount) }
      position &+= step.byteCount
    }
    return nil
  }

  /// The sequence at a byte beyond ASCII: a whole one, or its longest prefix that could begin one.
  @inline(__always)
  private static func sequence(
    in bytes: Span<UInt8>, at position: Int
  ) -> (byteCount: Int, isWellFormed: Bool) {
    let lead = bytes[position]
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    let trailCount: Int
    switch lead {
    case 0xC2...0xDF: trailCount = 1
    case 0xE0...0xEF:
      trailCount = 2
      if lead == 0xE0 { low = 0xA0 } else if lead == 0xED { high = 0x9F }
    case 0xF0...0xF4:
      trailCount = 3
      if lead == 0xF0 { low = 0x90 } else if lead == 0xF4 { high = 0x8F }
    default: return (1, false)
    }
    var length = 1
    while length <= trailCount {
      guard position &+ length < bytes.count else { return (length, false) }
      let trail = bytes[position &+ length]
      guard trail >= low, trail <= high else { return (length, false) }
      (low, high) = (0x80, 0xBF)
      length &+= 1
    }
    return (length, true)
  }
}
