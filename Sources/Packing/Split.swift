internal import ByteKernels
internal import Documents

/// Decides which documents are held out for validation and for testing.
///
/// What a document is told apart by (its id, domain, text or set of duplicates) is hashed with XXH64
/// under the seed; as a fraction of 2^64 a hash below the validation share is validation, one in the
/// test share at the other end is test. So the answer depends on that key, the seed and the shares
/// alone, not on order or workers, and a larger share only ever adds documents.
package struct Split: Sendable {
  package let settings: SplitSettings
  package let seed: UInt64

  /// Takes settings that are valid.
  package init(_ settings: SplitSettings, seed: UInt64) {
    precondition(
      settings.validationShare >= 0 && settings.testShare >= 0
        && settings.validationShare + settings.testShare <= 1, "shares are from 0 to 1 together")
    self.settings = settings
    self.seed = seed
  }

  /// The part that a document goes to; `set` is the number of its set of duplicates, nil when it has
  /// no duplicates.
  ///
  /// A document without the address or the set that is asked for goes by its id.
  package func part(id: String, url: String?, text: Span<UInt8>, set: UInt64? = nil) -> SplitPart {
    switch settings.by {
    case .id: return part(ofKey: id)
    case .domain: return part(ofKey: url.flatMap(WebDomain.name) ?? id)
    case .text: return part(ofHash: XXH64.hash(text, seed: seed))
    case .cluster: return part(ofKey: set.map { "set \($0)" } ?? id)
    }
  }

  /// The same answer for the same key, whoever asks.
  package func part(ofKey key: String) -> SplitPart {
    part(ofHash: XXH64.hash(key.utf8.span, seed: seed))
  }

  private func part(ofHash hash: UInt64) -> SplitPart {
    // The upper 53 bits are a fraction that a Double holds exactly; it is always below 1.
    let fraction = Double(hash >> 11) * 0x1p-53
    if fraction < settings.validationShare { return .validation }
    return fraction >= 1 - settings.testShare ? .test : .train
  }
}
