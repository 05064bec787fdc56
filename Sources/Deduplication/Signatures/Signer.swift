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
    guard settings.near else {
      minHasher = nil
      return
    }
    let functions = HashFunctions.multiplyAdd(
      count: settings.hashCount, bits: settings.hashBits, seed: seed)
    minHasher = MinHasher(Self.source(settings), functions, keepsShingles: keepsShingles)
  }

  private static func source(_ settings: DeduplicationSettings) -> any ShingleSource {
    // Words are in lower case already when the text is.
    if settings.shingles == .words, settings.simplify != .none {
      return ShingleHasher(shingleSize: settings.shingleSize)
    }
    return UnitShingles(
      UnitCutter(simplification: settings.simplify, unit: settings.shingles),
      shingleSize: settings.shingleSize)
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
