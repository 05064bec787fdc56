/// The names of a run's groups, each with a position, within a memory budget.
package struct GroupNames {
  /// By position.
  package private(set) var names: [String] = []
  private var positions: [String: Int] = [:]
  private let memoryByteCount: Int
  private var heldByteCount = 0

  package init(memoryByteCount: Int) {
    self.memoryByteCount = memoryByteCount
  }

  /// The position of each of a shard's groups; groups met for the first time are added.
  ///
  /// Throws when the names, with what is known of their groups, do not fit the memory.
  package mutating func add(_ shard: ScoreReader) throws(QualityModelError) -> [Int] {
    var found: [Int] = []
    for name in shard.groups {
      // The shard's own name and position.
      heldByteCount += name.utf8.count + 24
      if let known = positions[name] {
        found.append(known)
      } else {
        // Arrays and tables grow to twice what they hold.
        heldByteCount += 2 * (MemoryLayout<ShareSelection.Cut>.stride + 64)
        positions[name] = names.count
        found.append(names.count)
        names.append(name)
      }
      guard heldByteCount <= memoryByteCount else { throw excess(shard.path) }
    }
    return found
  }

  private func excess(_ path: String) -> QualityModelError {
    QualityModelError(
      path: path,
      message:
        "with this file there are more than \(names.count - 1) groups, whose names do not fit"
        + " \(memoryByteCount / 1_000_000) MB of memory; select by a member with fewer values, or"
        + " give more with --memory")
  }
}
