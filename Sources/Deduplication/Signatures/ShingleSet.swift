/// Sets of shingles in the form in which signatures hold them.
enum ShingleSet {
  /// The hashes ascending and without repetition.
  static func distinct(_ hashes: inout [UInt32]) -> [UInt32] {
    RadixSort.sort(&hashes)
    var distinct: [UInt32] = []
    distinct.reserveCapacity(hashes.count)
    for hash in hashes where hash != distinct.last { distinct.append(hash) }
    return distinct
  }
}
