/// Decoding steps as the `decoder` of a `tokenizer.json` says them.
extension DecodingStep {
  /// The steps of a `decoder`; refuses, by name, what is not known here.
  static func list(_ tree: JSONTree?) throws(VocabularyError) -> [DecodingStep] {
    guard let tree else { return [] }
    guard tree["type"]?.string == "Sequence", let parts = tree["decoders"]?.array else {
      return [try step(tree)]
    }
    var list: [DecodingStep] = []
    for part in parts { list += try self.list(part) }
    return list
  }

  private static func step(_ tree: JSONTree) throws(VocabularyError) -> DecodingStep {
    switch tree["type"]?.string {
    case "ByteLevel":
      return .byteLevel(
        addsPrefixSpace: try tree.flag("add_prefix_space", default: true),
        trimsOffsets: try tree.flag("trim_offsets", default: true),
        splits: try tree.flag("use_regex", default: true))
    case "ByteFallback": return .byteFallback
    case "Fuse": return .fuse
    case "Strip":
      guard let start = tree["start"]?.index, let stop = tree["stop"]?.index else {
        throw wrong("start and stop")
      }
      guard let content = tree["content"]?.scalar else { throw wrong("content") }
      return .strip(content, start: start, stop: stop)
    case "Replace":
      guard let content = tree["content"]?.string else { throw wrong("content") }
      return .replace(try .init(tree["pattern"], of: "decoder"), with: content)
    case "Metaspace":
      guard let prepending = PreTokenizer.Prepending(tree) else { throw wrong("prepend_scheme") }
      guard let sign = tree["replacement"]?.scalar else { throw wrong("replacement") }
      return .metaspace(
        replacement: sign, prepending, splits: try tree.flag("split", default: true))
    case "BPEDecoder": return .bpe(suffix: try tree.text("suffix") ?? "</w>")
    case let type:
      throw VocabularyError(message: "its decoder \(type ?? "without a type") is not known here")
    }
  }

  private static func wrong(_ member: String) -> VocabularyError {
    VocabularyError(message: "its decoder has no \(member) that can be used")
  }

  /// What a `tokenizer.json` has as `decoder`.
  static func tree(_ list: [DecodingStep]) -> JSONTree {
    switch list.count {
    case 0: .null
    case 1: list[0].tree
    default: .object([("type", .string("Sequence")), ("decoders", .array(list.map(\.tree)))])
    }
  }

  private var tree: JSONTree {
    func object(_ type: String, _ members: [(name: String, value: JSONTree)] = []) -> JSONTree {
      .object([("type", .string(type))] + members)
    }
    switch self {
    case .byteLevel(let addsPrefixSpace, let trimsOffsets, let splits):
      return object(
        "ByteLevel",
        [
          ("add_prefix_space", .bool(addsPrefixSpace)), ("trim_offsets", .bool(trimsOffsets)),
          ("use_regex", .bool(splits)),
        ])
    case .byteFallback: return object("ByteFallback")
    case .fuse: return object("Fuse")
    case .strip(let scalar, let start, let stop):
      return object(
        "Strip",
        [
          ("content", .string(String(scalar))), ("start", .number(Double(start))),
          ("stop", .number(Double(stop))),
        ])
    case .replace(let pattern, let content):
      return object("Replace", [("pattern", pattern.tree), ("content", .string(content))])
    case .metaspace(let replacement, let prepending, let splits):
      return object(
        "Metaspace",
        [
          ("replacement", .string(String(replacement))),
          ("prepend_scheme", .string(prepending.rawValue)), ("split", .bool(splits)),
        ])
    case .bpe(let suffix): return object("BPEDecoder", [("suffix", .string(suffix))])
    }
  }
}
