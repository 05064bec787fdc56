/// The words with tokens of their own (`DatatroveTables.specials`), found by their bytes.
@safe final class SpacySpecials {
  struct Special {
    fileprivate let low: UInt64
    fileprivate let high: UInt64
    /// Where its tokens end.
    let ends: [Int]
  }

  private static let slotBits: UInt64 = 12
  private static let longest = 16

  private let specials: [Special]
  /// One more than the number of a special, or 0; the next slot is tried when one is taken.
  private var slots = [UInt8](repeating: 0, count: 1 << Int(slotBits))

  init() {
    specials = DatatroveTables.specials.map { word, tokens in
      let bytes = Array(word.utf8)
      precondition(bytes.count <= Self.longest)
      var halves: [UInt64] = [0, 0]
      for (index, byte) in bytes.enumerated() {
        halves[index / 8] |= UInt64(byte) << UInt64(8 * (index % 8))
      }
      var (ends, end) = ([Int](), 0)
      for token in tokens.split(separator: " ") {
        end += token.utf8.count
        ends.append(end)
      }
      return Special(low: halves[0], high: halves[1], ends: ends)
    }
    precondition(specials.count < 256)
    for (number, special) in specials.enumerated() {
      var slot = Self.slot(special.low, special.high)
      while slots[slot] != 0 { slot = (slot + 1) % slots.count }
      slots[slot] = UInt8(number + 1)
    }
  }

  /// Nil when spaCy has no tokens for the word; sixteen bytes from its start on may be read.
  @inline(__always)
  func find(_ word: UnsafePointer<UInt8>, _ byteCount: Int) -> Special? {
    guard byteCount <= Self.longest, byteCount > 1 else { return nil }
    let bytes = unsafe UnsafeRawPointer(word)
    // SAFETY: words lie in buffers with sixteen bytes or more of slack.
    var low = unsafe bytes.loadUnaligned(as: UInt64.self)
    var high: UInt64 = 0
    if byteCount < 8 {
      low &= 1 &<< UInt64(8 &* byteCount) &- 1
    } else if byteCount > 8 {
      high = unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      if byteCount < 16 { high &= 1 &<< UInt64(8 &* (byteCount &- 8)) &- 1 }
    }
    var slot = Self.slot(low, high)
    while slots[slot] != 0 {
      let special = specials[Int(slots[slot]) - 1]
      if special.low == low, special.high == high { return special }
      slot = (slot + 1) % slots.count
    }
    return nil
  }

  @inline(__always)
  private static func slot(_ low: UInt64, _ high: UInt64) -> Int {
    let mixed = (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    return Int(mixed &>> (64 &- slotBits))
  }
}
