internal import ByteKernels

/// What is remembered of a document's text to find its duplicates.
package struct Signature: Sendable, Equatable {
  /// 128 bits of the text's bytes: equal for exact duplicates.
  package let digest: Digest
  /// `bands` times `rows` min-hashes, band after band, one of 64 bits as two words, the low one
  /// first; empty when the text has less than a shingle, or near duplicates are not looked for.
  package let minHashes: [UInt32]
  /// A min-hash apart from those of the bands, spread evenly over 64 bits; 0 when there are none.
  ///
  /// Texts of Jaccard similarity J have the same with probability J, so that the texts whose key is
  /// below a limit are a sample into which near duplicates come together.
  package let sampleKey: UInt64
  /// The distinct shingles as hashes of 32 bits, ascending; empty unless the signer was asked for them.
  ///
  /// A shingle shares its hash with one of n others by chance in n of 2^32 cases: sets of 10,000 give
  /// the Jaccard similarity to within some 0.00001.
  package let shingles: [UInt32]

  package init(
    digest: Digest, minHashes: [UInt32], sampleKey: UInt64 = 0, shingles: [UInt32] = []
  ) {
    self.digest = digest
    self.minHashes = minHashes
    self.sampleKey = sampleKey
    self.shingles = shingles
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
