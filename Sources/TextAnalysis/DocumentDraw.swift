internal import ByteKernels

/// The chance that belongs to one document of one run: independent of order, workers and retries.
package struct DocumentDraw: Sendable, Equatable {
  /// XXH64 of the document's id, seeded by the run's seed.
  package let bits: UInt64

  package init(id: String, seed: UInt64) {
    let bytes = Array(id.utf8)
    bits = XXH64.hash(bytes.span, seed: seed)
  }

  /// A number from 0 up to, not including, 1; another one for each purpose.
  package func uniform(for purpose: String) -> Double {
    let bytes = Array(purpose.utf8)
    return Double(XXH64.hash(bytes.span, seed: bits) >> 11) * 0x1p-53
  }
}
