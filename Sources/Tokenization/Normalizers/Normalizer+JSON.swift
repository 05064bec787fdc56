/// Normalizers as the `normalizer` of a `tokenizer.json` says them.
extension Normalizer {
  /// The steps of a `normalizer`; refuses, by name, what is not known here.
  static func list(_ tree: JSONTree?) throws(VocabularyError) -> [Normalizer] {
    guard let tree else { return [] }
    guard tree["type"]?.string == "Sequence" || tree["type"] == nil,
      let parts = tree["normalizers"]?.array
    else { return [try normalizer(tree)] }
    var list: [Normalizer] = []
    for part in parts { list += try self.list(part) }
    return list
  }

  private static func normalizer(_ tree: JSONTree) throws(VocabularyError) -> Normalizer {
    switch tree["type"]?.string {
    case "NFC": return .nfc
    case "NFD": return .nfd
    case "NFKC": return .nfkc
    case "NFKD": return .nfkd
    case "Lowercase": return .lowercase
    case "StripAccents": return .stripAccents
    case "Nmt": return .nmt
    case "ByteLevel": return .byteLevel
    case "Strip":
      return .strip(
        left: try tree.flag("strip_left", default: false),
        right: try tree.flag("strip_right", default: false))
    case "Prepend":
      guard let text = tree["prepend"]?.string else { throw wrong("prepend") }
      return .prepend(text)
    case "Replace":
      guard let content = tree["content"]?.string else { throw wrong("content") }
      return .replace(try Pattern(tree["pattern"], of: "normalizer"), with: content)
    case "Bert", "BertNormalizer":
      return .bert(
        cleansText: try tree.flag("clean_text", default: true),
        spacesChineseCharacters: try tree.flag("handle_chinese_chars", default: true),
        stripsAccents: try tree["strip_accents"].map { _ throws(VocabularyError) in
          try tree.flag("strip_accents", default: false)
        }, lowercases: try tree.flag("lowercase", default: true))
    case "Precompiled":
      guard let text = tree["precompiled_charsmap"]?.string,
        let bytes = Base64.decode(Array(text.utf8)[...])
      else { throw wrong("precompiled_charsmap") }
      return .precompiled(try CharacterMap(bytes))
    case let type:
      throw VocabularyError(
        message: "its normalizer \(type ?? "without a type") is not known here")
    }
  }

  private static func wrong(_ member: String) -> VocabularyError {
    VocabularyError(message: "its normalizer has no \(member) that can be used")
  }

  /// What a `tokenizer.json` has as `normalizer`.
  static func tree(_ list: [Normalizer]) -> JSONTree {
    switch list.count {
    case 0: .null
    case 1: list[0].tree
    default:
      .object([("type", .string("Sequence")), ("normalizers", .array(list.map(\.tree)))])
    }
  }

  /// The step as one object.
  var tree: JSONTree {
    func object(_ type: String, _ members: [(name: String, value: JSONTree)] = []) -> JSONTree {
      .object([("type", .string(type))] + members)
    }
    switch self {
    case .nfc: return object("NFC")
    case .nfd: return object("NFD")
    case .nfkc: return object("NFKC")
    case .nfkd: return object("NFKD")
    case .lowercase: return object("Lowercase")
    case .stripAccents: return object("StripAccents")
    case .nmt: return object("Nmt")
    case .byteLevel: return object("ByteLevel")
    case .strip(let left, let right):
      return object("Strip", [("strip_left", .bool(left)), ("strip_right", .bool(right))])
    case .prepend(let text): return object("Prepend", [("prepend", .string(text))])
    case .replace(let pattern, let content):
      return object("Replace", [("pattern", pattern.tree), ("content", .string(content))])
    case .precompiled(let map):
      let text = String(decoding: Base64.encode(map.bytes), as: UTF8.self)
      return object("Precompiled", [("precompiled_charsmap", .string(text))])
    case .bert(let cleans, let spaces, let strips, let lowercases):
      return object(
        "BertNormalizer",
        [
          ("clean_text", .bool(cleans)), ("handle_chinese_chars", .bool(spaces)),
          ("strip_accents", strips.map(JSONTree.bool) ?? .null), ("lowercase", .bool(lowercases)),
        ])
    }
  }
}

extension Normalizer.Pattern {
  /// Refuses what is neither a `String` nor a `Regex` that can be compiled.
  init(_ tree: JSONTree?, of part: String) throws(VocabularyError) {
    if let text = tree?["String"]?.string {
      self = .text(text)
    } else if let source = tree?["Regex"]?.string {
      do {
        self = .regularExpression(try SplitExpression(source))
      } catch {
        throw VocabularyError(message: "its \(part) cannot be used: \(error.message)")
      }
    } else {
      throw VocabularyError(message: "its \(part) has no pattern that can be used")
    }
  }

  var tree: JSONTree {
    switch self {
    case .text(let text): .object([("String", .string(text))])
    case .regularExpression(let expression): .object([("Regex", .string(expression.source))])
    }
  }
}
