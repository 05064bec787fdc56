internal import ByteKernels

/// Which members of a line mean something to a document, by their places among all.
///
/// Of members with the same key the last one counts, as in Python.
struct JSONRoles {
  private(set) var text, id, source, added, created, metadata, url: JSONMember?
  /// All others, and those of another kind than their key asks for; a top-level `url` is among them.
  private(set) var others: [JSONMember] = []

  private let textKey: JSONKey
  private let idKey: JSONKey
  private static let sourceKey = JSONKey("source")
  private static let addedKey = JSONKey("added")
  private static let createdKey = JSONKey("created")
  private static let metadataKey = JSONKey("metadata")
  static let urlKey = JSONKey("url")

  init(settings: ReadSettings) {
    textKey = JSONKey(settings.textField)
    idKey = JSONKey(settings.idField)
  }

  mutating func assign(_ members: [JSONMember], of line: Span<UInt8>) {
    (text, id, source, added, created, metadata, url) = (nil, nil, nil, nil, nil, nil, nil)
    others.removeAll(keepingCapacity: true)
    for member in members {
      if textKey.names(member, of: line) {
        text = member
      } else if idKey.names(member, of: line), member.kind == .string || member.kind == .number {
        id = member
      } else if !assignNamed(member, line) {
        others.append(member)
      }
    }
  }

  private mutating func assignNamed(_ member: JSONMember, _ line: Span<UInt8>) -> Bool {
    switch member.kind {
    case .string:
      if Self.sourceKey.names(member, of: line) {
        source = member
      } else if Self.addedKey.names(member, of: line) {
        added = member
      } else if Self.createdKey.names(member, of: line) {
        created = member
      } else {
        if Self.urlKey.names(member, of: line) { url = member }
        return false
      }
    case .null:
      if Self.addedKey.names(member, of: line) {
        added = member
      } else if Self.createdKey.names(member, of: line) {
        created = member
      } else if Self.metadataKey.names(member, of: line) {
        metadata = member
      } else {
        return false
      }
    case .object:
      guard Self.metadataKey.names(member, of: line) else { return false }
      metadata = member
    default: return false
    }
    return true
  }
}
