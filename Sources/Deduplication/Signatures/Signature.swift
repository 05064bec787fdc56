internal import ByteKernels

/// What is remembered of a document's text to find its duplicates.
package struct Signature: Sendable, Equatable {
  /// 128 bits of the text's bytes: equal for exact duplicates.
  package let digest: Digest
  /// `bands` times `rows` min-hashes, band after band; empty when the text has fewer words than a
  /// shingle, or near duplicates are not looked for.
  package let minHashes: [UInt32]

  package init(digest: Digest, minHashes: [UInt32]) {
    self.digest = digest
    self.minHashes = minHashes
  }

  /// Two XXH64 hashes of the same bytes under different seeds; not cryptographic.
  package struct Digest: Sendable, Equatable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
      self.high = high
      self.low = low
    }

    package init(of bytes: Span<UInt8>) {
      self.init(
        high: XXH64.hash(bytes), low: XXH64.hash(bytes, seed: 0x9E37_79B9_7F4A_7C15))
    }
  }
}
