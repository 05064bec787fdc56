/// Makes signatures of texts.
///
/// One per worker: it owns its scratch memory. The result depends on the text, the settings and the
/// seed alone.
package final class Signer {
  private let hashCount: Int
  private let minHasher: MinHasher

  package init(_ settings: DeduplicationSettings, seed: UInt64) {
    hashCount = settings.hashCount
    minHasher = MinHasher(
      shingleWords: settings.shingleWords, family: HashFamily(count: hashCount, seed: seed))
  }

  package func sign(_ text: Span<UInt8>) -> Signature {
    let digest = Signature.Digest(of: text)
    guard hashCount > 0, let minHashes = minHasher.hashes(of: text) else {
      return Signature(digest: digest, minHashes: [])
    }
    return Signature(digest: digest, minHashes: Array(minHashes.prefix(hashCount)))
  }
}
