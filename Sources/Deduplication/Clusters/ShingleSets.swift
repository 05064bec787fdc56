/// Compares sets of shingles: hashes of 32 bits, ascending, each once.
enum ShingleSets {
  /// Jaccard similarity as the counts of the intersection and of the union.
  static func similarity(_ left: [UInt32], _ right: [UInt32]) -> Similarity {
    var (i, j, shared) = (0, 0, 0)
    while i < left.count && j < right.count {
      let (a, b) = (left[i], right[j])
      shared &+= a == b ? 1 : 0
      i &+= a <= b ? 1 : 0
      j &+= b <= a ? 1 : 0
    }
    return Similarity(shared: shared, total: left.count + right.count - shared)
  }
}
