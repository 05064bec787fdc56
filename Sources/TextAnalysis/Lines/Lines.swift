internal import ByteKernels

/// Splits text into lines, as Python's `str.splitlines()` does.
///
/// Lines end at LF, CR, CR LF, VT, FF, U+001C to U+001E, U+0085, U+2028 and U+2029; the line end is
/// not part of the line, and an end at the end of the text opens no further line.
enum Lines {
  static func split(_ bytes: [UInt8]) -> [Range<Int>] {
    let text = bytes.span
    var lines: [Range<Int>] = []
    lines.reserveCapacity(text.count / 64 + 4)
    var start = 0
    var base = 0
    while base < text.count {
      let width = min(64, text.count &- base)
      let (ascii, leads) = TextBlock.lineEnds(text, at: base)
      var ends = ascii | leads
      if width < 64 { ends &= (1 &<< UInt64(width)) &- 1 }
      while ends != 0 {
        let offset = base &+ ends.trailingZeroBitCount
        ends &= ends &- 1
        // The second half of a CR LF lies before `start`.
        guard offset >= start else { continue }
        let (scalar, next) = ScalarReader.read(text, at: offset)
        if scalar >= 0x80, !ScalarProperties(of: scalar).isLineEnd { continue }
        lines.append(start..<offset)
        start = scalar == 0x0D && next < text.count && text[next] == 0x0A ? next &+ 1 : next
      }
      base &+= 64
    }
    if start < text.count { lines.append(start..<text.count) }
    return lines
  }
}
