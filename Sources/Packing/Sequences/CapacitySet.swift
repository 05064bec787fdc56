/// A set of small integers that finds the next one in it: a tree of bitmaps, 64 children a node.
///
/// Inserting, removing and finding look at one word a level: three levels for 262,144 numbers.
struct CapacitySet {
  /// All levels, the numbers themselves first.
  private var words: [UInt64] = []
  /// Where each level begins.
  private var starts: [Int] = []

  /// Holds numbers from 0 to `maximum`.
  init(maximum: Int) {
    var width = maximum + 1
    repeat {
      starts.append(words.count)
      // One word more than needed, so that looking beyond the last number finds a word.
      width = (width + 63) / 64
      words.append(contentsOf: repeatElement(0, count: width + 1))
    } while width > 1
  }

  mutating func insert(_ number: Int) {
    var number = number
    for start in starts {
      let place = start + number >> 6
      let old = words[place]
      words[place] = old | 1 << UInt64(number & 63)
      if old != 0 { return }
      number >>= 6
    }
  }

  mutating func remove(_ number: Int) {
    var number = number
    for start in starts {
      let place = start + number >> 6
      words[place] &= ~(1 << UInt64(number & 63))
      if words[place] != 0 { return }
      number >>= 6
    }
  }

  /// The smallest number in the set that is not below `number`; nil when there is none.
  func first(from number: Int) -> Int? {
    var position = number
    for level in starts.indices {
      let word = words[starts[level] + position >> 6] >> UInt64(position & 63)
      if word != 0 {
        return descend(to: position + word.trailingZeroBitCount, from: level)
      }
      position = position >> 6 + 1
    }
    return nil
  }

  /// The smallest number below a node of a level.
  private func descend(to node: Int, from level: Int) -> Int {
    var node = node
    for start in starts[..<level].reversed() {
      node = node << 6 + words[start + node].trailingZeroBitCount
    }
    return node
  }
}
