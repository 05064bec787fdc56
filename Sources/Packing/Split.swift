internal import ByteKernels

/// Decides which documents are held out for validation.
///
/// A document goes to validation when XXH64 of its id under the seed, as a fraction of 2^64, is below
/// the share. So the answer depends on id, seed and share alone, not on order or workers, and a larger
/// share only ever adds documents.
package struct Split: Sendable {
  package let validationShare: Double
  package let seed: UInt64

  /// Takes a share from 0 to 1.
  package init(validationShare: Double, seed: UInt64) {
    precondition(validationShare >= 0 && validationShare <= 1, "a share is from 0 to 1")
    self.validationShare = validationShare
    self.seed = seed
  }

  /// The same answer for the same key, whoever asks; the key is a document's id, or what a group of
  /// documents that must not be parted has in common.
  package func isValidation(_ documentID: String) -> Bool {
    let hash = XXH64.hash(documentID.utf8.span, seed: seed)
    // The upper 53 bits are a fraction that a Double holds exactly; it is always below 1.
    return Double(hash >> 11) * 0x1p-53 < validationShare
  }
}
