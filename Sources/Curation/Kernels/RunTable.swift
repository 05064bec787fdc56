/// Counts runs of words, each known by the number of its beginning and its last word.
struct RunTable {
  private struct Run {
    let key: UInt64
    let start: Int
    var count: Int
  }

  /// Slots hold 0, or the number of a run plus one.
  private var slots: [UInt32]
  private var runs: [Run] = []
  private let mask: Int

  init(capacity: Int) {
    var slotCount = 16
    while slotCount < 2 * capacity { slotCount *= 2 }
    slots = [UInt32](repeating: 0, count: slotCount)
    mask = slotCount - 1
    runs.reserveCapacity(capacity)
  }

  /// Counts one run and returns its number.
  mutating func count(_ beginning: UInt32, _ lastWord: UInt32, at start: Int) -> UInt32 {
    let key = UInt64(beginning) &<< 32 | UInt64(lastWord)
    let product = (key ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    var slot = Int(truncatingIfNeeded: product.high ^ product.low) & mask
    while slots[slot] != 0 {
      let number = slots[slot] &- 1
      if runs[Int(number)].key == key {
        runs[Int(number)].count &+= 1
        return number
      }
      slot = (slot &+ 1) & mask
    }
    precondition(runs.count < mask, "a table holds what it was made for")
    runs.append(Run(key: key, start: start, count: 1))
    slots[slot] = UInt32(truncatingIfNeeded: runs.count)
    return UInt32(truncatingIfNeeded: runs.count &- 1)
  }

  /// The count of the most frequent run and where it first stands; of equals the first; (0, 0) of none.
  var mostFrequent: (start: Int, count: Int) {
    var best = (start: 0, count: 0)
    for run in runs where run.count > best.count { best = (run.start, run.count) }
    return best
  }
}
