/// The characters that normalisation removes or turns into line feeds.
struct TextCleaning: Sendable {
  /// All of them.
  let scalars: [UInt32]

  private static let lineEnds: Set<UInt32> = [0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029]
  private static let zeroWidthSpace: UInt32 = 0x200B

  init(_ settings: Normalize.Settings) {
    var scalars = Self.lineEnds
    if settings.controls == .remove {
      scalars.formUnion((0...0x1F).filter { $0 != 0x09 && $0 != 0x0A })
      scalars.formUnion(0x7F...0x9F)
    }
    if settings.zeroWidthSpaces == .remove { scalars.formUnion([Self.zeroWidthSpace, 0x2060]) }
    if settings.byteOrderMarks == .remove { scalars.insert(0xFEFF) }
    if settings.softHyphens == .remove { scalars.insert(0xAD) }
    self.scalars = scalars.sorted()
  }

  /// The text without them; the findings are those of the new text.
  func cleaned(
    _ bytes: [UInt8], scanner: TextScanner, _ findings: inout TextScanner.Findings
  ) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var ignored: TextScanner.Findings = []
    var position = 0
    while true {
      let stop = scanner.scan(bytes.span, from: position, &ignored)
      output.append(contentsOf: bytes[position..<stop])
      if stop == bytes.count { break }
      let (scalar, byteCount) = Self.scalar(in: bytes.span, at: stop)
      position = stop + byteCount
      if Self.lineEnds.contains(scalar) {
        let isFirstOfTwo = scalar == 0x0D && position < bytes.count && bytes[position] == 0x0A
        if !isFirstOfTwo { output.append(0x0A) }
      } else if scalar == Self.zeroWidthSpace,
        Self.partsWords(bytes.span, at: stop, byteCount: byteCount)
      {
        output.append(contentsOf: bytes[stop..<position])
      }
    }
    findings = []
    var start = 0
    // Zero-width spaces that were kept stop the scan again.
    while start < output.count {
      let stop = scanner.scan(output.span, from: start, &findings)
      start = stop + (stop < output.count ? Self.scalar(in: output.span, at: stop).byteCount : 0)
    }
    return output
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
