/// Makes signatures of texts.
///
/// One per worker: it owns its scratch memory. The result depends on the text, the settings and the
/// seed alone.
package final class Signer {
  private let minHasher: (any MinHashing)?

  /// With `keepsShingles`, signatures hold the set of the text's shingles besides their minima.
  package init(
    _ settings: DeduplicationSettings, seed: UInt64, keepsShingles: Bool = false
  ) throws(DeduplicationError) {
    minHasher =
      settings.near
      ? MinHasher(settings, seed: seed, keepsShingles: keepsShingles)
      : nil
  }

  package func sign(_ text: Span<UInt8>) -> Signature {
    let digest = Signature.Digest(of: text)
    guard let sketch = minHasher?.sketch(of: text) else {
      return Signature(digest: digest, minHashes: [])
    }
    return Signature(
      digest: digest, minHashes: sketch.minHashes, sampleKey: sketch.sampleKey,
      shingles: sketch.shingles)
  }
}
