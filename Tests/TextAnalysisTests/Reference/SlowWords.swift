import TextAnalysis

/// Words, white-space words and lines, written from their definitions without regard to speed.
enum SlowWords {
  /// UAX #29, section 4.1.1: the rules in their order, each asked of every place between two scalars.
  static func boundaries(_ scalars: [UInt32]) -> [Int] {
    (0...scalars.count).filter { isBoundary(scalars, $0) }
  }

  /// The segments between boundaries, without white space at their ends, as ranges of scalars; a run
  /// of one punctuation mark is one.
  static func unicode(_ scalars: [UInt32]) -> [Range<Int>] {
    let places = boundaries(scalars)
    let segments = zip(places, places.dropFirst()).compactMap { trimmed($0..<$1, scalars) }
    return segments.reduce(into: []) { words, segment in
      let mark = scalars[segment.lowerBound]
      if segment.count == 1, ScalarProperties(of: mark).isPunctuation, let last = words.last,
        last.upperBound == segment.lowerBound, scalars[last].allSatisfy({ $0 == mark })
      {
        words[words.count - 1] = last.lowerBound..<segment.upperBound
      } else {
        words.append(segment)
      }
    }
  }

  /// Python's `str.split()`.
  static func whitespace(_ scalars: [UInt32]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    for (index, scalar) in scalars.enumerated() {
      if isWhite(scalar) {
        if let first = start { words.append(first..<index) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let first = start { words.append(first..<scalars.count) }
    return words
  }

  /// Python's `str.splitlines()`.
  static func lines(_ scalars: [UInt32]) -> [Range<Int>] {
    let ends: Set<UInt32> = [10, 11, 12, 13, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029]
    var lines: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < scalars.count {
      if ends.contains(scalars[index]) {
        lines.append(start..<index)
        if scalars[index] == 13, index + 1 < scalars.count, scalars[index + 1] == 10 { index += 1 }
        start = index + 1
      }
      index += 1
    }
    if start < scalars.count { lines.append(start..<scalars.count) }
    return lines
  }

  private static func trimmed(_ range: Range<Int>, _ scalars: [UInt32]) -> Range<Int>? {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isWhite(scalars[start]) { start += 1 }
    while start < end, isWhite(scalars[end - 1]) { end -= 1 }
    return start < end ? start..<end : nil
  }

  private static func isWhite(_ scalar: UInt32) -> Bool {
    guard let value = Unicode.Scalar(scalar) else { return false }
    return value.properties.isWhitespace || (0x1C...0x1F).contains(scalar)
  }

  private enum Kind: UInt16 {
    case other, cr, lf, newline, extend, format, zwj, ri, katakana, hebrew, letter, single, double
    case midNumLet, midLetter, midNum, numeric, extendNumLet, space
  }

  private static func kind(_ scalar: UInt32) -> Kind {
    Kind(rawValue: ScalarProperties(of: scalar).wordBreak) ?? .other
  }

  private static func isBoundary(_ scalars: [UInt32], _ place: Int) -> Bool {
    guard place > 0, place < scalars.count else { return true }  // WB1, WB2
    let kinds = scalars.map(kind)
    let (left, right) = (kinds[place - 1], kinds[place])
    let lineEnds: Set<Kind> = [.cr, .lf, .newline]
    let ignored: Set<Kind> = [.extend, .format, .zwj]
    if left == .cr, right == .lf { return false }  // WB3
    if lineEnds.contains(left) || lineEnds.contains(right) { return true }  // WB3a, WB3b
    if left == .zwj, ScalarProperties(of: scalars[place]).isExtendedPictographic { return false }
    if left == .space, right == .space { return false }  // WB3d
    if ignored.contains(right) { return false }  // WB4

    // WB4 looks through what a scalar carries, but not across a line end or the start.
    var before: [Kind] = []
    var index = place - 1
    while index >= 0 {
      if ignored.contains(kinds[index]), index > 0, !lineEnds.contains(kinds[index - 1]) {
        index -= 1
        continue
      }
      before.append(kinds[index])
      index -= 1
    }
    let after = kinds[(place + 1)...].first { !ignored.contains($0) }
    return !joins(before, right, after)
  }

  private static func joins(_ before: [Kind], _ right: Kind, _ after: Kind?) -> Bool {
    let letters: Set<Kind> = [.hebrew, .letter]
    let left = before[0]
    let beyond = before.count > 1 ? before[1] : .other
    let isAfterLetter = after.map(letters.contains) ?? false
    let middle: Set<Kind> = [.midLetter, .midNumLet, .single]
    let numberMiddle: Set<Kind> = [.midNum, .midNumLet, .single]
    if letters.contains(left), letters.contains(right) { return true }  // WB5
    if letters.contains(left), middle.contains(right), isAfterLetter { return true }  // WB6
    if letters.contains(beyond), middle.contains(left), letters.contains(right) { return true }
    if left == .hebrew, right == .single { return true }  // WB7a
    if left == .hebrew, right == .double, after == .hebrew { return true }  // WB7b
    if beyond == .hebrew, left == .double, right == .hebrew { return true }  // WB7c
    if left == .numeric || letters.contains(left), right == .numeric { return true }  // WB8, WB9
    if left == .numeric, letters.contains(right) { return true }  // WB10
    if beyond == .numeric, numberMiddle.contains(left), right == .numeric { return true }  // WB11
    if left == .numeric, numberMiddle.contains(right), after == .numeric { return true }  // WB12
    if left == .katakana, right == .katakana { return true }  // WB13
    let wordLike: Set<Kind> = [.letter, .hebrew, .numeric, .katakana, .extendNumLet]
    if wordLike.contains(left), right == .extendNumLet { return true }  // WB13a
    if left == .extendNumLet, wordLike.contains(right) { return true }  // WB13b
    let flags = before.prefix { $0 == .ri }.count
    return right == .ri && flags % 2 == 1  // WB15, WB16
  }
}
