/// Signs texts, and keeps the sets of shingles of those that exact similarity is wanted of.
///
/// That is all when candidates are verified exactly, else a sample: the texts whose sample key is below
/// a limit, so that near duplicates come into it together.
package final class SampledSigner {
  private let signer: Signer
  private let shingleSigner: Signer?
  private let limit: UInt64

  /// Of `byteCount` bytes of input about `settings.sampleDocuments` documents are sampled.
  package init(
    _ settings: DeduplicationSettings, seed: UInt64, byteCount: Int
  ) throws(DeduplicationError) {
    let isExact = settings.verification == .exact
    signer = try Signer(settings, seed: seed, keepsShingles: isExact)
    limit = SampleRate(settings, byteCount: byteCount).limit
    shingleSigner =
      isExact || limit == 0 || !settings.near
      ? nil : try Signer(settings, seed: seed, keepsShingles: true)
  }

  package func sign(_ text: Span<UInt8>) -> Signature {
    let signature = signer.sign(text)
    guard let shingleSigner, !signature.minHashes.isEmpty, signature.sampleKey <= limit else {
      return signature
    }
    return shingleSigner.sign(text)
  }
}
