/// What datatrove's simplification and spaCy's tokenizer do with every code point.
///
/// Two stages: a block number for every 128 code points, and the distinct blocks. An entry holds, from
/// the low bits up, the kind (4), the token class (6), the casing (2) and the kind's value, signed.
/// Kind and value are of the code point in the text, the token class of the same in simplified text.
final class DatatroveScalars: Sendable {
  /// What becomes of a code point.
  enum Kind: Int32 {
    case kept = 0
    /// A mark without letter: left out.
    case dropped = 1
    /// Left out, but other marks are not ordered across it.
    case barrier = 2
    case space = 3
    case digit = 4
    /// Capital sigma, whose lower case depends on its neighbours.
    case sigma = 5
    /// Value: the distance to what it becomes.
    case shifted = 6
    /// Value: where in `DatatroveTables.sequences` its text stands.
    case sequence = 7
    /// Kept, but put in order by its combining class, the value.
    case reordered = 8
    /// A syllable of Hangul, parted into its letters.
    case syllable = 9
  }

  /// What spaCy does with a code point of simplified text.
  enum TokenClass {
    static let prefix: Int32 = 1 << 4
    static let suffix: Int32 = 1 << 5
    static let suffixAfterZero: Int32 = 1 << 6
    static let infix: Int32 = 1 << 7
    static let letter: Int32 = 1 << 8
    /// A word with one of these may be more than one token.
    static let cutting = prefix | suffix | infix
  }

  enum Casing {
    static let cased: Int32 = 1 << 10
    static let ignorable: Int32 = 2 << 10
  }

  static let shared = DatatroveScalars()
  static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3

  let blockNumbers: [UInt16]
  let entries: [Int32]

  private init() {
    var blocks: [[Int32]] = Array(repeating: [], count: 0x11_0000 / 128)
    func add(_ value: Int32, to codePoints: ClosedRange<Int32>) {
      for codePoint in codePoints {
        let block = Int(codePoint) / 128
        if blocks[block].isEmpty { blocks[block] = Array(repeating: 0, count: 128) }
        blocks[block][Int(codePoint) % 128] += value
      }
    }
    let actions = DatatroveTables.actions
    for index in stride(from: 0, to: actions.count, by: 4) {
      add(actions[index + 2] + actions[index + 3] << 12, to: actions[index]...actions[index + 1])
    }
    add(Kind.syllable.rawValue, to: Int32(0xAC00)...0xD7A3)
    for (table, shift) in [(DatatroveTables.tokenClasses, 4), (DatatroveTables.casings, 10)] {
      for index in stride(from: 0, to: table.count, by: 3) {
        add(table[index + 2] << Int32(shift), to: table[index]...table[index + 1])
      }
    }
    let table = CodePointBlocks(blocks)
    (blockNumbers, entries) = (table.blockNumbers, table.entries)
  }
}
