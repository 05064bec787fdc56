/// Table 3-7 of the Unicode Standard, "Well-Formed UTF-8 Byte Sequences", read row by row.
enum WellFormedUTF8 {
  static let rows: [[ClosedRange<UInt8>]] = [
    [0x00...0x7F],
    [0xC2...0xDF, 0x80...0xBF],
    [0xE0...0xE0, 0xA0...0xBF, 0x80...0xBF],
    [0xE1...0xEC, 0x80...0xBF, 0x80...0xBF],
    [0xED...0xED, 0x80...0x9F, 0x80...0xBF],
    [0xEE...0xEF, 0x80...0xBF, 0x80...0xBF],
    [0xF0...0xF0, 0x90...0xBF, 0x80...0xBF, 0x80...0xBF],
    [0xF1...0xF3, 0x80...0xBF, 0x80...0xBF, 0x80...0xBF],
    [0xF4...0xF4, 0x80...0x8F, 0x80...0xBF, 0x80...0xBF],
  ]

  /// The text with U+FFFD for every maximal subpart, and their number.
  static func replaced(_ bytes: [UInt8]) -> (bytes: [UInt8], count: Int) {
    var result: [UInt8] = []
    var count = 0
    var position = 0
    while position < bytes.count {
      let rest = bytes[position...]
      let matches = rows.map { row in zip(row, rest).prefix { $0.contains($1) }.count }
      let whole = zip(rows, matches).first { row, length in row.count == length }
      if let whole {
        result += rest.prefix(whole.1)
        position += whole.1
      } else {
        result += [0xEF, 0xBF, 0xBD]
        count += 1
        position += max(1, matches.max() ?? 1)
      }
    }
    return (result, count)
  }

  static func isValid(_ bytes: [UInt8]) -> Bool { replaced(bytes).count == 0 }
}
