internal import Documents
internal import Packing

/// The metadata member that says where a document was read first.
private let originMember = "origin"

extension Document {
  /// Sets down where the document was read, unless a run before this one, or somebody else, has
  /// done so.
  mutating func setOrigin(_ record: Record) {
    if metadata.value(of: originMember) == nil { metadata.set(originMember, record.origin) }
  }
}

extension DocumentOrigin {
  /// Where a record comes from: what its metadata says of that, or else where it was read now.
  init(_ record: Record) {
    self.init(
      id: record.id, source: record.source,
      record: record.metadata.text(of: originMember).flatMap { Self.isPlace($0) ? $0 : nil }
        ?? record.origin,
      url: record.url ?? "")
  }

  /// Whether a text names a file and a place in it: others use the same name for other things.
  private static func isPlace(_ text: String) -> Bool {
    guard let mark = text.lastIndex(of: "#"), mark > text.startIndex else { return false }
    let place = text[text.index(after: mark)...].split(
      separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    return place.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }
  }
}
