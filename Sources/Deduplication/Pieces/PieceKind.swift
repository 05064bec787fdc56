/// What kind of piece a document was cut into.
///
/// The raw value stands in keys and cut lists; it also decides which kind a byte that two cuts share
/// is counted under: the lower.
package enum PieceKind: UInt8, CaseIterable, Sendable {
  case paragraph = 0
  case line = 1
  /// A run of tokens.
  case substring = 2
  /// A whole text.
  case text = 3
  /// The URL of a document, which is not a part of its text.
  case url = 4

  /// Why a piece was cut, or its document dropped, as the ledger names it.
  package var reason: String {
    switch self {
    case .paragraph: "duplicate-paragraphs"
    case .line: "duplicate-lines"
    case .substring: "repeated-substrings"
    case .text: RemovalReason.exact.rawValue
    case .url: RemovalReason.url.rawValue
    }
  }

  /// The kind as a person reads it.
  package var name: String {
    switch self {
    case .paragraph: "paragraph"
    case .line: "line"
    case .substring: "substring"
    case .text: "text"
    case .url: "url"
    }
  }
}

extension PieceKind {
  /// True when a copy costs its document rather than a part of the text.
  var isWhole: Bool { self == .text || self == .url }
}

/// One piece of a text.
struct Piece {
  let kind: PieceKind
  /// Its bytes with the line ends after it.
  let whole: Range<Int>
  /// What has to be equal: without the line ends, and trimmed if the form says so.
  let body: Range<Int>
}
