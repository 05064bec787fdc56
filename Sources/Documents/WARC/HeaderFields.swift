internal import ByteKernels

/// Chosen fields of a header of `Name: value` lines, as WARC and HTTP have them.
///
/// Lines may end in LF or CRLF, names are compared without regard to case, a line that begins with
/// a space or tab continues the one before, and of a field that occurs twice the first counts.
struct HeaderFields {
  /// A folded value is not continued beyond it, so that hostile headers cost linear time.
  private static let maximumFoldedByteCount = 1 << 13

  /// In the order of the wanted names.
  private(set) var values: [String?]

  /// Reads the lines of `header`; `wanted` names are in lower case.
  ///
  /// Of the wanted names from `firstList` on, a field that occurs again is joined with a comma, as
  /// HTTP's lists are.
  init(_ header: Span<UInt8>, wanted: [[UInt8]], firstList: Int = Int.max) {
    values = Array(repeating: nil, count: wanted.count)
    var current: Int?
    var start = 0
    while start < header.count {
      let end = header.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? header.count
      let line = Self.trim(header, start..<end)
      if header[start] == 0x20 || header[start] == 0x09 {
        if let current, !line.isEmpty {
          let value = values[current] ?? ""
          if value.utf8.count < Self.maximumFoldedByteCount {
            let text = String(repairing: header.extracting(line))
            values[current] = value.isEmpty ? text : "\(value) \(text)"
          }
        }
      } else {
        current = nil
        if let colon = header.extracting(line).firstOffset(of: UInt8(ascii: ":")) {
          let name = Self.trim(header, line.lowerBound..<(line.lowerBound + colon))
          let value = Self.trim(header, (line.lowerBound + colon + 1)..<line.upperBound)
          if let index = Self.index(of: header.extracting(name), wanted) {
            let text = String(repairing: header.extracting(value))
            if let first = values[index] {
              if index >= firstList { values[index] = "\(first), \(text)" }
            } else {
              values[index] = text
              current = index
            }
          }
        }
      }
      start = end + 1
    }
  }

  /// The offset behind the blank line that ends a header; nil when it is not among the bytes.
  static func end(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var offset = start
    while let newline = bytes.firstOffset(of: UInt8(ascii: "\n"), from: offset) {
      let next = newline + 1
      if bytes.has([0x0A], at: next) { return next + 1 }
      if bytes.has([0x0D, 0x0A], at: next) { return next + 2 }
      offset = next
    }
    return nil
  }

  private static func index(of name: Span<UInt8>, _ wanted: [[UInt8]]) -> Int? {
    for (index, candidate) in wanted.enumerated() where candidate.count == name.count {
      var isEqual = true
      for offset in candidate.indices where isEqual {
        let byte = name[offset]
        let lower = byte >= 65 && byte <= 90 ? byte | 32 : byte
        isEqual = lower == candidate[offset]
      }
      if isEqual { return index }
    }
    return nil
  }

  private static func trim(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper, bytes[lower] <= 0x20 { lower += 1 }
    while lower < upper, bytes[upper - 1] <= 0x20 { upper -= 1 }
    return lower..<upper
  }
}
