/// Assigns documents to folds, as a function of a seed and not of their order.
package struct Folds: Sendable, Equatable {
  package let count: Int
  package let seed: UInt64

  package init(count: Int, seed: UInt64) {
    precondition(count > 0 && count <= 1 << 16, "1 to 65,536 folds")
    self.count = count
    self.seed = seed
  }

  /// The fold of each document, so that each class is divided as evenly as can be, and so are all together.
  ///
  /// Documents of a class are dealt out in the order of a seeded hash of their identities, which should be
  /// distinct; with equal ones it is the order of the list that decides.
  /// - Complexity: O(n log n), and 24 bytes a document.
  package func stratified(classes: [Int], identities: [UInt64]) -> [Int] {
    precondition(classes.count == identities.count, "one identity a document")
    let order = order(classes: classes, identities: identities)
    var folds = [Int](repeating: 0, count: classes.count)
    // A class begins with the fold after the last one of the class before it.
    for (place, document) in order.enumerated() { folds[document] = place % count }
    return folds
  }

  /// Whether each document is held out, the same share of each class.
  ///
  /// A class of two documents or more has some on either side, whatever the share; a single one is not held
  /// out. Which ones is decided as by `stratified`.
  /// - Complexity: O(n log n), and 17 bytes a document.
  package static func heldOut(
    share: Double, classes: [Int], identities: [UInt64], seed: UInt64
  ) -> [Bool] {
    precondition(classes.count == identities.count, "one identity a document")
    precondition(share >= 0 && share <= 1, "a share from 0 to 1")
    let order = Folds(count: 1, seed: seed).order(classes: classes, identities: identities)
    var isHeldOut = [Bool](repeating: false, count: classes.count)
    var start = 0
    while start < order.count {
      let end = order[start...].firstIndex { classes[$0] != classes[order[start]] } ?? order.count
      let wanted = Int((share * Double(end - start)).rounded())
      for document in order[start..<end].prefix(min(max(wanted, 1), end - start - 1)) {
        isHeldOut[document] = true
      }
      start = end
    }
    return isHeldOut
  }

  /// The documents by class, and within a class by a seeded hash of their identities.
  private func order(classes: [Int], identities: [UInt64]) -> [Int] {
    let draws = identities.map(draw)
    return classes.indices.sorted { left, right in
      (classes[left], draws[left], identities[left], left)
        < (classes[right], draws[right], identities[right], right)
    }
  }

  /// 64 well-mixed bits by two rounds of SplitMix64's finaliser.
  ///
  /// Source: Steele et al. 2014, Fast Splittable Pseudorandom Number Generators.
  private func draw(_ identity: UInt64) -> UInt64 {
    Self.mix(identity &+ Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value &>> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value &>> 31)
  }
}
