/// The words and labels of a dictionary, found by their bytes: an open-addressing table over the words
/// in the file, where each ends in a zero byte.
struct FastTextWordTable: Sendable {
  /// 16 bytes, so that one cache line tells where to compare.
  struct Slot: Sendable {
    var hash: UInt32
    /// The word's place in the dictionary; -1 in a free slot.
    var entry: Int32
    /// Offset of the word's first byte in the file.
    var start: Int
  }

  /// More words in a row than this have been made to collide.
  private static let longestRun = 1000

  private(set) var slots: [Slot]
  var mask: Int { slots.count - 1 }

  /// A table for `entryCount` words, at most two thirds full.
  init(entryCount: Int) {
    var slotCount = 16
    while 2 * slotCount < 3 * entryCount { slotCount *= 2 }
    slots = Array(repeating: Slot(hash: 0, entry: -1, start: 0), count: slotCount)
  }

  /// Adds the word of `byteCount` bytes at `start`; of equal words the last one counts.
  ///
  /// False when too many hashes collide for a dictionary that came about by training.
  mutating func insert(_ entry: Int32, in file: Span<UInt8>, start: Int, byteCount: Int) -> Bool {
    let hash = Self.hash(file.extracting(start..<start + byteCount))
    var index = Int(hash) & mask
    for _ in 0..<Self.longestRun {
      let slot = slots[index]
      let isEqual =
        slot.entry < 0
        || slot.hash == hash && Self.areEqual(file, slot.start, start, byteCount)
      if isEqual {
        slots[index] = Slot(hash: hash, entry: entry, start: start)
        return true
      }
      index = (index + 1) & mask
    }
    return false
  }

  /// True when the words at two offsets are equal, the second one being `byteCount` bytes long.
  private static func areEqual(
    _ file: Span<UInt8>, _ left: Int, _ right: Int, _ byteCount: Int
  ) -> Bool {
    // The left word ends in the file too, at the latest where its zero byte differs.
    for offset in 0...byteCount where file[left + offset] != file[right + offset] { return false }
    return true
  }

  static let hashSeed: UInt32 = 2_166_136_261

  /// FNV-1a over bytes taken as signed, as fastText has it: from 0x80 on, all higher bits flip too.
  static func hash(_ word: Span<UInt8>) -> UInt32 {
    var hash = hashSeed
    for index in word.indices { hash = absorb(hash, word[index]) }
    return hash
  }

  @inline(__always)
  static func absorb(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
    (hash ^ UInt32(bitPattern: Int32(Int8(bitPattern: byte)))) &* 16_777_619
  }
}
