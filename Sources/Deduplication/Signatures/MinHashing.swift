/// A way to make the min-hashes of texts, one at a time; it owns its scratch memory.
protocol MinHashing: AnyObject {
  /// Nil when the text has no shingle.
  func sketch(of text: Span<UInt8>) -> Sketch?
}

/// What is kept of a text's shingles.
struct Sketch: Equatable {
  /// As in `Signature`.
  var minHashes: [UInt32]
  /// As in `Signature`.
  var sampleKey: UInt64
  /// As in `Signature`; empty unless it was asked for.
  var shingles: [UInt32] = []
}
