/// Sets of shingles in the form in which signatures hold them.
enum ShingleSet {
  /// The hashes ascending and without repetition.
  static func distinct(_ hashes: inout [UInt32]) -> [UInt32] {
    hashes.sort()
    var distinct: [UInt32] = []
    for hash in hashes where hash != distinct.last { distinct.append(hash) }
    return distinct
  }
}
