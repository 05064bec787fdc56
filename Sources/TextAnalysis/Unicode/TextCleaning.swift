/// The characters that normalisation removes, or turns into line feeds and spaces.
struct TextCleaning: Sendable {
  private let actions: [UInt32: Action]

  private enum Action {
    case remove(CharacterClass)
    case endLine
    case space
  }

  private static let zeroWidthSpace: UInt32 = 0x200B
  private static let blackFlag: UInt32 = 0x1F3F4
  private static let tags: ClosedRange<UInt32> = 0xE0020...0xE007F

  init(_ settings: Normalize.Settings) {
    var actions: [UInt32: Action] = [:]
    for type in CharacterClass.removed(by: settings) {
      for scalar in type.scalars.joined() { actions[scalar] = .remove(type) }
    }
    for (treatment, scalars) in [
      (settings.carriageReturns, [0x0D]), (settings.lineSeparators, [0x85, 0x2028, 0x2029]),
      (settings.formFeeds, [0x0B, 0x0C]),
    ] as [(Normalize.Replacement, [UInt32])] {
      for scalar in scalars { actions[scalar] = treatment == .replace ? .endLine : nil }
    }
    if settings.unicodeSpaces == .replace {
      for scalar in WhiteSpace.beyondASCII { actions[scalar] = .space }
    }
    self.actions = actions
  }

  /// All of the characters.
  var scalars: [UInt32] { actions.keys.sorted() }

  /// The text without them; the findings are those of the new text, and the counts by what was done.
  func cleaned(
    _ bytes: [UInt8], scanner: TextScanner, _ findings: inout TextScanner.Findings,
    counting repairs: inout [String: Int]
  ) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var ignored: TextScanner.Findings = []
    var position = 0
    var removed: [CharacterClass: Int] = [:]
    var (lineEndCount, spaceCount) = (0, 0)
    while true {
      let stop = scanner.scan(bytes.span, from: position, &ignored)
      output.append(contentsOf: bytes[position..<stop])
      if stop == bytes.count { break }
      let (scalar, byteCount) = Self.scalar(in: bytes.span, at: stop)
      position = stop + byteCount
      switch actions[scalar] {
      case .endLine:
        let isFirstOfTwo = scalar == 0x0D && position < bytes.count && bytes[position] == 0x0A
        if !isFirstOfTwo { output.append(0x0A) }
        lineEndCount += 1
      case .space:
        output.append(0x20)
        spaceCount += 1
      case .remove(let type):
        if isNeeded(scalar, in: bytes.span, at: stop, byteCount: byteCount) {
          output.append(contentsOf: bytes[stop..<position])
        } else {
          removed[type, default: 0] += 1
        }
      case nil: output.append(contentsOf: bytes[stop..<position])
      }
    }
    for (type, count) in removed { repairs["\(type.rawValue)-removed", default: 0] += count }
    if lineEndCount > 0 { repairs["line-ends-replaced", default: 0] += lineEndCount }
    if spaceCount > 0 { repairs["spaces-replaced", default: 0] += spaceCount }
    findings = []
    var start = 0
    // Characters that were kept stop the scan again.
    while start < output.count {
      let stop = scanner.scan(output.span, from: start, &findings)
      start = stop + (stop < output.count ? Self.scalar(in: output.span, at: stop).byteCount : 0)
    }
    return output
  }

  /// Whether writing would lose something: a zero-width space that parts words, the tags of a flag.
  private func isNeeded(
    _ scalar: UInt32, in bytes: Span<UInt8>, at position: Int, byteCount: Int
  ) -> Bool {
    if scalar == Self.zeroWidthSpace {
      return Self.partsWords(bytes, at: position, byteCount: byteCount)
    }
    guard Self.tags.contains(scalar) else { return false }
    // A flag has at most seven tags.
    var start = position
    for _ in 0..<7 where start >= 4 {
      start -= 4
      let before = Self.scalar(in: bytes, at: start).scalar
      if before == Self.blackFlag { return true }
      if !Self.tags.contains(before) { return false }
    }
    return false
  }

  /// Whether a letter of a script written without spaces stands on either side.
  private static func partsWords(_ bytes: Span<UInt8>, at position: Int, byteCount: Int) -> Bool {
    var start = position - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    let next = position + byteCount
    let neighbours = [start, next].filter { $0 >= 0 && $0 < bytes.count }
    return neighbours.contains { isUnspaced(scalar(in: bytes, at: $0).scalar) }
  }

  private static func isUnspaced(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19DF, 0x1A20...0x1AAF,
      0xA9E0...0xA9FF, 0xAA60...0xAA7F:
      true
    default: false
    }
  }

  /// The character at a lead byte of valid UTF-8.
  static func scalar(
    in bytes: Span<UInt8>, at position: Int
  ) -> (scalar: UInt32, byteCount: Int) {
    let lead = UInt32(bytes[position])
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard length > 1, position + length <= bytes.count else { return (lead, 1) }
    var scalar = lead & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[position + offset] & 0x3F) }
    return (scalar, length)
  }
}
