/// What split patterns see in a scalar: all that it is.
struct ScalarClass: OptionSet {
  let rawValue: UInt8

  static let letter = ScalarClass(rawValue: 1)
  static let number = ScalarClass(rawValue: 2)
  static let whitespace = ScalarClass(rawValue: 4)
  /// Upper case and title case.
  static let capital = ScalarClass(rawValue: 8)
  static let lowercase = ScalarClass(rawValue: 16)
  static let mark = ScalarClass(rawValue: 32)
  /// Punctuation and symbols.
  static let sign = ScalarClass(rawValue: 64)
  /// Those of Chinese and Japanese that DeepSeek's pattern isolates, assigned or not.
  static let ideograph = ScalarClass(rawValue: 128)

  /// A scalar without any of these bits is neither letter, number nor white space.
  static let notOther: UInt8 = 1 | 2 | 4
  /// U+3040 to U+30FF, kana, and U+4E00 to U+9FA5, the ideographs of Unicode 1.1.
  static let ideographRanges: [UInt32] = [0x3040, 0x30FF, 0x4E00, 0x9FA5]
}

/// The classes of every scalar, in blocks of 64 that equal blocks share.
@safe final class ScalarClassTable: Sendable {
  static let shared = ScalarClassTable()

  private static let blockCount = 0x11_0000 >> 6
  /// Where the block of a scalar's high bits begins in `classes`.
  nonisolated(unsafe) let blocks: UnsafeMutablePointer<UInt16>
  nonisolated(unsafe) let classes: UnsafeMutablePointer<UInt8>

  private init() {
    var flat = [UInt8](repeating: 0, count: 0x11_0000)
    for (ranges, found) in [
      (ScalarClassRanges.letters, ScalarClass.letter), (ScalarClassRanges.numbers, .number),
      (ScalarClassRanges.whitespace, .whitespace), (ScalarClassRanges.capitals, .capital),
      (ScalarClassRanges.lowercase, .lowercase), (ScalarClassRanges.marks, .mark),
      (ScalarClassRanges.signs, .sign), (ScalarClass.ideographRanges, .ideograph),
    ] {
      for index in stride(from: 0, to: ranges.count, by: 2) {
        for value in ranges[index]...ranges[index + 1] { flat[Int(value)] |= found.rawValue }
      }
    }
    var starts: [[UInt8]: UInt16] = [:]
    var distinct: [UInt8] = []
    unsafe blocks = .allocate(capacity: Self.blockCount)
    for block in 0..<Self.blockCount {
      let content = Array(flat[block * 64..<block * 64 + 64])
      let start = starts[content] ?? UInt16(distinct.count)
      if starts[content] == nil {
        starts[content] = start
        distinct += content
      }
      unsafe blocks[block] = start
    }
    unsafe classes = .allocate(capacity: distinct.count)
    for (index, found) in distinct.enumerated() { unsafe classes[index] = found }
  }

  /// The classes of a scalar value up to U+10FFFF.
  func scalarClass(_ value: UInt32) -> ScalarClass {
    precondition(value < 0x11_0000, "a scalar value")
    // SAFETY: `blocks` covers every value below 0x110000, and every block has 64 classes.
    let raw = unsafe classes[Int(blocks[Int(value >> 6)]) + Int(value & 63)]
    return ScalarClass(rawValue: raw)
  }
}
