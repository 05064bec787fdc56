/// Where tokens that stand back to back are cut into sequences.
package enum TokenCut: Sendable, Equatable {
  /// After so many tokens; the last sequence may be shorter.
  case every(Int)
  /// After each token of this id.
  case after(UInt32)
  /// Before each token of this id.
  case before(UInt32)

  /// No sequence that ids cut is longer, so that a wrong id does not fill the memory: a longer document
  /// goes on in the next sequence.
  package static let longest = 1 << 24
  /// What is cut blindly, for want of an id, has this length.
  static let blindLength = 1 << 20

  /// The length of sequences if that is known, or else the id around documents.
  package init(_ hints: TokenShardHints) {
    if let length = hints.sequenceLength, length > 0 {
      self = .every(length)
    } else if let end = hints.endOfDocument {
      self = .after(end)
    } else if let beginning = hints.beginningOfDocument {
      self = .before(beginning)
    } else {
      self = .every(Self.blindLength)
    }
  }
}
