/// Word class and lower-case letter of every code point, one load each.
///
/// Two stages: a block number for every 128 code points, and the distinct blocks. An entry holds
/// the class in its low two bits and the distance to the lower-case letter above them.
final class WordClassTable: Sendable {
  /// What a code point does to the words around it.
  enum Class: Int32 {
    case separator = 0
    case letter = 1
    /// Belongs to the letter before it.
    case mark = 2
    /// A letter of a script without spaces: with its marks, a word by itself.
    case single = 3
  }

  static let shared = WordClassTable()

  let blockNumbers: [UInt16]
  let entries: [Int32]

  private init() {
    var blocks: [[Int32]] = Array(repeating: [], count: 0x11_0000 / 128)
    func change(_ codePoint: Int, _ body: (inout Int32) -> Void) {
      let block = codePoint / 128
      if blocks[block].isEmpty { blocks[block] = Array(repeating: 0, count: 128) }
      body(&blocks[block][codePoint % 128])
    }
    let classes = WordRanges.classes
    for index in stride(from: 0, to: classes.count, by: 3) {
      for codePoint in classes[index]...classes[index + 1] {
        change(Int(codePoint)) { $0 |= Int32(classes[index + 2]) }
      }
    }
    let lower = WordRanges.lowerCases
    for index in stride(from: 0, to: lower.count, by: 4) {
      let codePoints = stride(
        from: lower[index], through: lower[index + 1], by: Int(lower[index + 2]))
      for codePoint in codePoints {
        change(Int(codePoint)) { $0 |= lower[index + 3] &<< 2 }
      }
    }
    let table = CodePointBlocks(blocks)
    (blockNumbers, entries) = (table.blockNumbers, table.entries)
  }

  /// The simple lower-case mapping of a code point below 0x110000.
  func lowercase(_ scalar: UInt32) -> UInt32 {
    let entry = entries[Int(blockNumbers[Int(scalar >> 7)]) * 128 + Int(scalar & 127)]
    return UInt32(truncatingIfNeeded: Int32(truncatingIfNeeded: scalar) + (entry >> 2))
  }
}
