internal import ByteKernels

/// A vocabulary's merges, ready to be looked up: which token two neighbours become.
///
/// Tokens have numbers of their own here: 0 to 255 for the bytes, then 256 and on for the merges in
/// order of rank. So of two merges the one with the smaller number comes first. A token that several
/// merges make is known by the number of the first of them.
@safe final class MergeTable: Sendable {
  static let none = UInt32.max
  /// Two numbers and that of their merge are kept in 64 bits.
  private static let idBits: UInt64 = 21
  private static let productBits: UInt64 = 22
  private static let empty = UInt64.max

  /// The two tokens that a merge joins; a byte's halves are the byte itself.
  struct Halves {
    var left: UInt32
    var right: UInt32
  }

  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  nonisolated(unsafe) private let pairs: UnsafeMutablePointer<UInt64>
  nonisolated(unsafe) private let bytePairs: UnsafeMutablePointer<UInt32>
  nonisolated(unsafe) private let ids: UnsafeMutablePointer<UInt32>
  nonisolated(unsafe) private let firsts: UnsafeMutablePointer<UInt32>
  nonisolated(unsafe) private let mergeHalves: UnsafeMutablePointer<Halves>
  private let mask: Int
  /// Two bits of a word for a pair, by its hash: most pairs that no merge joins are told by it.
  nonisolated(unsafe) private let filter: UnsafeMutablePointer<UInt64>
  private let filterShift: UInt64
  private let capacity: Int
  /// Grows only while the table is built.
  nonisolated(unsafe) private var count = 256
  nonisolated(unsafe) private var equalPairCount = 0
  nonisolated(unsafe) private var equalTokenCount = 0

  /// A table of the 256 bytes, by their ids, that takes up to `mergeCapacity` merges.
  init(byteIDs: [UInt32], mergeCapacity: Int) {
    capacity = 256 + mergeCapacity
    var places = 16
    while places < mergeCapacity * 2 { places *= 2 }
    mask = places - 1
    unsafe pairs = TableMemory.allocate(repeating: Self.empty, count: places)
    // Eight bits or more for each merge.
    let filterCount = max(places / 16, 2)
    filterShift = UInt64(64 - filterCount.trailingZeroBitCount)
    unsafe filter = TableMemory.allocate(repeating: 0, count: filterCount)
    unsafe bytePairs = .allocate(capacity: 1 << 16)
    unsafe bytePairs.initialize(repeating: Self.none, count: 1 << 16)
    unsafe ids = .allocate(capacity: capacity)
    unsafe firsts = .allocate(capacity: capacity)
    unsafe mergeHalves = TableMemory.allocate(Halves.self, count: capacity)
    precondition(byteIDs.count == 256, "an id for every byte")
    for byte in 0..<256 {
      unsafe ids[byte] = byteIDs[byte]
      unsafe firsts[byte] = UInt32(byte)
      unsafe mergeHalves[byte] = Halves(left: UInt32(byte), right: UInt32(byte))
    }
  }

  deinit {
    unsafe pairs.deallocate()
    unsafe filter.deallocate()
    unsafe bytePairs.deallocate()
    unsafe ids.deallocate()
    unsafe firsts.deallocate()
    unsafe mergeHalves.deallocate()
  }

  /// How many numbers there are.
  var tokenCount: Int { unsafe count }

  /// No two merges join the same tokens.
  var hasDistinctPairs: Bool { unsafe equalPairCount == 0 }

  /// Every token is made by one merge.
  var hasDistinctTokens: Bool { unsafe equalTokenCount == 0 }

  /// The id that the vocabulary gives a token.
  @inline(__always)
  func id(_ number: UInt32) -> UInt32 {
    // SAFETY: numbers come from this table.
    unsafe ids[Int(number)]
  }

  /// What a merge joins.
  @inline(__always)
  func halves(_ merge: UInt32) -> Halves {
    // SAFETY: numbers come from this table.
    unsafe mergeHalves[Int(merge)]
  }

  /// The token that a merge makes.
  @inline(__always)
  func token(_ merge: UInt32) -> UInt32 {
    // SAFETY: numbers come from this table.
    unsafe firsts[Int(merge)]
  }

  /// The merge of two bytes; `none` when no merge joins them.
  @inline(__always)
  func merge(bytes first: UInt8, _ second: UInt8) -> UInt32 {
    // SAFETY: there is a place for every pair of bytes.
    unsafe bytePairs[Int(first) &<< 8 | Int(second)]
  }

  /// The merge of two tokens; `none` when no merge joins them.
  @inline(__always)
  func merge(_ left: UInt32, _ right: UInt32) -> UInt32 {
    let key = Self.key(left, right)
    let hash = key &* Self.multiplier
    let bits = Self.filterBits(hash)
    // SAFETY: the shift leaves as many bits as count the words of the filter; `place` is masked to the
    // capacity, and there is always an empty place.
    if unsafe filter[Int(truncatingIfNeeded: hash &>> filterShift)] & bits != bits {
      return Self.none
    }
    var place = Self.place(hash) & mask
    while true {
      let entry = unsafe pairs[place]
      if entry &>> Self.productBits == key {
        return UInt32(truncatingIfNeeded: entry & ((1 &<< Self.productBits) &- 1))
      }
      if entry == Self.empty { return Self.none }
      place = (place &+ 1) & mask
    }
  }

  /// Adds the merge of next rank and returns the number of the token it makes, which is `known`
  /// when an earlier merge makes the same.
  func append(_ left: UInt32, _ right: UInt32, id: UInt32, known: UInt32?) -> UInt32 {
    let count = unsafe self.count
    precondition(count < capacity && count < Vocabulary.maximumTokenCount, "room for a merge")
    let number = UInt32(count)
    unsafe ids[count] = id
    unsafe firsts[count] = known ?? number
    unsafe mergeHalves[count] = Halves(left: left, right: right)
    unsafe self.count += 1
    if known != nil { unsafe equalTokenCount += 1 }
    insert(left, right, number)
    return known ?? number
  }

  private func insert(_ left: UInt32, _ right: UInt32, _ number: UInt32) {
    if left < 256, right < 256 {
      let place = Int(left) << 8 | Int(right)
      if unsafe bytePairs[place] == Self.none { unsafe bytePairs[place] = number }
    }
    let key = Self.key(left, right)
    let hash = key &* Self.multiplier
    var place = Self.place(hash) & mask
    while unsafe pairs[place] != Self.empty {
      if unsafe pairs[place] >> Self.productBits == key {
        unsafe equalPairCount += 1
        return
      }
      place = (place + 1) & mask
    }
    unsafe filter[Int(hash >> filterShift)] |= Self.filterBits(hash)
    unsafe pairs[place] = key << Self.productBits | UInt64(number)
  }

  @inline(__always)
  private static func filterBits(_ hash: UInt64) -> UInt64 {
    1 &<< ((hash &>> 24) & 63) | 1 &<< ((hash &>> 30) & 63)
  }

  @inline(__always)
  private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) &<< idBits | UInt64(right)
  }

  @inline(__always)
  private static func place(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash &>> 36)
  }
}
