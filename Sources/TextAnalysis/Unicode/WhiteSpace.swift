/// White space at the ends of lines and texts: the characters with the property White_Space.
enum WhiteSpace {
  /// The white space beyond ASCII that is not a line end.
  static let beyondASCII: [UInt32] =
    [0xA0, 0x1680] + (0x2000...0x200A) + [0x202F, 0x205F, 0x3000]

  /// The text without white space at its ends and at the ends of its lines, and with at most two line
  /// feeds in a row.
  static func tidied(_ bytes: [UInt8]) -> [UInt8] {
    var start = 0
    while let length = length(in: bytes.span, after: start) { start += length }
    var end = bytes.count
    while end > start, let length = length(in: bytes.span, before: end) { end -= length }
    guard start < end else { return Array(bytes[start..<end]) }
    var output: [UInt8] = []
    output.reserveCapacity(end - start)
    var emptyLineCount = 0
    var lineStart = start
    while lineStart <= end {
      let lineEnd = bytes[lineStart..<end].firstIndex(of: 0x0A) ?? end
      var last = lineEnd
      while last > lineStart, let length = length(in: bytes.span, before: last) { last -= length }
      if last == lineStart {
        emptyLineCount += 1
        if emptyLineCount == 1 { output.append(0x0A) }
      } else {
        if lineStart > start { output.append(0x0A) }
        output.append(contentsOf: bytes[lineStart..<last])
        emptyLineCount = 0
      }
      lineStart = lineEnd + 1
    }
    return output
  }

  /// The byte count of the white-space character, line feed included, that begins here.
  private static func length(in bytes: Span<UInt8>, after position: Int) -> Int? {
    guard position < bytes.count else { return nil }
    if isASCIISpace(bytes[position]) { return 1 }
    for length in 2...3 where position + length <= bytes.count {
      if isSpace(bytes, position, length) { return length }
    }
    return nil
  }

  /// The byte count of the white-space character that ends here.
  private static func length(in bytes: Span<UInt8>, before position: Int) -> Int? {
    if isASCIISpace(bytes[position - 1]) { return 1 }
    for length in 2...3 where position - length >= 0 {
      if isSpace(bytes, position - length, length) { return length }
    }
    return nil
  }

  private static func isASCIISpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A
  }

  private static func isSpace(_ bytes: Span<UInt8>, _ start: Int, _ length: Int) -> Bool {
    let first = bytes[start]
    let second = bytes[start + 1]
    if length == 2 { return first == 0xC2 && second == 0xA0 }
    let third = bytes[start + 2]
    switch (first, second) {
    case (0xE1, 0x9A): return third == 0x80
    case (0xE2, 0x80): return third >= 0x80 && third <= 0x8A || third == 0xAF
    case (0xE2, 0x81): return third == 0x9F
    case (0xE3, 0x80): return third == 0x80
    default: return false
    }
  }
}
