internal import ByteKernels

/// The line before an ARC record: URL, IP address, date, media type and length, and in version 2
/// five more between the type and the length.
///
/// Source: Internet Archive, "Arc File Format" (1996). Fields are told from the right, because
/// real URLs hold spaces.
struct ARCHeader {
  let url: String
  /// As RFC 3339 writes it; nil when the digits are no date.
  let date: String?
  let mediaType: String
  /// Negative when it is not a number.
  let length: Int

  /// A longer line is no header.
  static let maximumByteCount = 1 << 13

  /// Reads a header without its line end; nil when it is none.
  init?(_ line: Span<UInt8>) {
    guard line.count <= Self.maximumByteCount, Self.beginsURL(line) else { return nil }
    var fields = [UInt8](copying: line).split(separator: 0x20, omittingEmptySubsequences: false)
    if fields.last?.last == 0x0D { fields[fields.count - 1].removeLast() }
    guard fields.count >= 5,
      let dateIndex = (2...(fields.count - 3)).last(where: { index in
        Self.isDigits(fields[index], 12...18) && Self.isAddress(fields[index - 1])
      })
    else { return nil }
    url = String(repairing: line.extracting(0..<(fields[dateIndex - 1].startIndex - 1)))
    date = Self.date(Array(fields[dateIndex]))
    mediaType = String(decoding: fields[dateIndex + 1], as: UTF8.self)
    let last = fields[fields.count - 1]
    length = Self.isDigits(last, 1...18) ? Int(String(decoding: last, as: UTF8.self)) ?? -1 : -1
  }

  /// The header of the line at `offset` and the offset behind it; nil when it is none, or when it
  /// is not there to its end.
  static func find(
    _ bytes: Span<UInt8>, at offset: Int, isComplete: Bool = false
  ) -> (header: ARCHeader, end: Int)? {
    guard offset < bytes.count, isLetter(bytes[offset]) else { return nil }
    let stop = min(bytes.count, offset + maximumByteCount + 1)
    let window = bytes.extracting(offset..<stop)
    guard let lineEnd = window.firstOffset(of: 0x0A) else {
      if isComplete, stop == bytes.count, let header = ARCHeader(window) { return (header, stop) }
      return nil
    }
    return ARCHeader(window.extracting(0..<lineEnd)).map { ($0, offset + lineEnd + 1) }
  }

  private static func beginsURL(_ line: Span<UInt8>) -> Bool {
    guard let colon = line.firstOffset(of: UInt8(ascii: ":")), (1...16).contains(colon),
      isLetter(line[0])
    else { return false }
    for index in 0..<colon {
      let byte = line[index]
      let isOther = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == 0x2E
      guard isLetter(byte) || byte &- 48 < 10 || isOther else { return false }
    }
    return true
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

  private static func isDigits(_ field: ArraySlice<UInt8>, _ counts: ClosedRange<Int>) -> Bool {
    counts.contains(field.count) && field.allSatisfy { $0 &- 48 < 10 }
  }

  /// Digits, dots and colons, or a dash for none.
  private static func isAddress(_ field: ArraySlice<UInt8>) -> Bool {
    !field.isEmpty && field.count < 46
      && field.allSatisfy { $0 &- 48 < 11 || ($0 | 0x20) &- 97 < 6 || $0 == 0x2E || $0 == 0x2D }
  }

  private static func date(_ digits: [UInt8]) -> String? {
    let digits = digits + (digits.count < 14 ? [0x30, 0x30] : [])
    func number(_ range: Range<Int>) -> Int {
      range.reduce(0) { $0 * 10 + Int(digits[$1] - 48) }
    }
    guard digits.count >= 14, (1...12).contains(number(4..<6)), (1...31).contains(number(6..<8)),
      number(8..<10) < 24, number(10..<12) < 60, number(12..<14) <= 60
    else { return nil }
    func text(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    return "\(text(0..<4))-\(text(4..<6))-\(text(6..<8))"
      + "T\(text(8..<10)):\(text(10..<12)):\(text(12..<14))Z"
  }
}
