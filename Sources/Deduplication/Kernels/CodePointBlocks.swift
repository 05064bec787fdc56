/// A value for every code point in two stages: a block number for every 128 of them, and the
/// distinct blocks.
struct CodePointBlocks {
  let blockNumbers: [UInt16]
  let entries: [Int32]

  /// `blocks` has a list of 128 values for each 128 code points, an empty one for zeros.
  init(_ blocks: [[Int32]]) {
    var numbers: [[Int32]: UInt16] = [[]: 0]
    var entries = [Int32](repeating: 0, count: 128)
    blockNumbers = blocks.map { block in
      if let number = numbers[block] { return number }
      let number = UInt16(entries.count / 128)
      numbers[block] = number
      entries += block
      return number
    }
    self.entries = entries
  }
}
