internal import ByteKernels

/// Spark ML's HashingTF for single terms: which feature a term is.
package struct HashingTF: Sendable {
  package let featureCount: Int

  /// `featureCount` must be 1 or more.
  package init(featureCount: Int) {
    precondition(featureCount > 0, "a term needs a feature")
    self.featureCount = featureCount
  }

  /// The feature of a term, UTF-8, exactly as it stands: no lower case, and "" is a term too.
  package func index(_ term: Span<UInt8>) -> Int {
    Self.index(hash: Murmur3.hash32(term), featureCount: featureCount)
  }

  /// The hash, read as signed, modulo the feature count; never negative.
  @inlinable @inline(__always)
  package static func index(hash: UInt32, featureCount: Int) -> Int {
    if featureCount & (featureCount &- 1) == 0 { return Int(hash) & (featureCount &- 1) }
    let remainder = Int(Int32(bitPattern: hash)) % featureCount
    return remainder < 0 ? remainder &+ featureCount : remainder
  }
}
