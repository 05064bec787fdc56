/// What a split pattern sees in a scalar.
enum ScalarClass: UInt8 {
  case other = 0
  case letter = 1
  case number = 2
  case whitespace = 3
}

/// The class of every scalar, in blocks of 64 that equal blocks share.
@safe final class ScalarClassTable: Sendable {
  static let shared = ScalarClassTable()

  private static let blockCount = 0x11_0000 >> 6
  /// Where the block of a scalar's high bits begins in `classes`.
  nonisolated(unsafe) let blocks: UnsafeMutablePointer<UInt16>
  nonisolated(unsafe) let classes: UnsafeMutablePointer<UInt8>

  private init() {
    var flat = [UInt8](repeating: ScalarClass.other.rawValue, count: 0x11_0000)
    for (ranges, found) in [
      (ScalarClassRanges.letters, ScalarClass.letter), (ScalarClassRanges.numbers, .number),
      (ScalarClassRanges.whitespace, .whitespace),
    ] {
      for index in stride(from: 0, to: ranges.count, by: 2) {
        for value in ranges[index]...ranges[index + 1] { flat[Int(value)] = found.rawValue }
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

  /// The class of a scalar value up to U+10FFFF.
  func scalarClass(_ value: UInt32) -> ScalarClass {
    precondition(value < 0x11_0000, "a scalar value")
    // SAFETY: `blocks` covers every value below 0x110000, and every block has 64 classes.
    let raw = unsafe classes[Int(blocks[Int(value >> 6)]) + Int(value & 63)]
    return ScalarClass(rawValue: raw) ?? .other
  }
}
