/// Steps as the `pre_tokenizer` of a `tokenizer.json` says them.
extension PreTokenizer {
  /// Refuses, by name, a type that is not known here and members that are missing or wrong.
  init(_ tree: JSONTree?) throws(VocabularyError) {
    var steps: [Step] = []
    if let tree { try Self.append(tree, to: &steps) }
    let spellings = steps.filter { if case .byteLevel = $0 { true } else { false } }
    if spellings.count > 1 {
      throw VocabularyError(message: "its pre_tokenizer has two ByteLevel, which spell bytes twice")
    }
    self.init(steps)
  }

  private static func append(
    _ tree: JSONTree, to steps: inout [Step]
  ) throws(VocabularyError) {
    guard tree["type"]?.string == "Sequence" else {
      steps.append(try step(tree))
      return
    }
    guard let parts = tree["pretokenizers"]?.array else { throw wrong("pretokenizers") }
    for part in parts { try append(part, to: &steps) }
  }

  private static func step(_ tree: JSONTree) throws(VocabularyError) -> Step {
    switch tree["type"]?.string {
    case "Split": return try split(tree)
    case "ByteLevel":
      return .byteLevel(
        addsPrefixSpace: try tree.flag("add_prefix_space", default: true),
        splits: try tree.flag("use_regex", default: true),
        trimsOffsets: try tree.flag("trim_offsets", default: true))
    case "Digits": return .digits(areIndividual: try tree.flag("individual_digits", default: false))
    case "Punctuation": return .punctuation(try behavior(tree, default: .isolated))
    case "Whitespace": return .whitespace
    case "WhitespaceSplit": return .whitespaceSplit
    case "BertPreTokenizer": return .bert
    case "CharDelimiterSplit":
      guard let delimiter = tree["delimiter"]?.scalar else { throw wrong("delimiter") }
      return .delimiter(delimiter)
    case "Metaspace":
      guard let prepending = Prepending(tree) else { throw wrong("prepend_scheme") }
      guard let sign = tree["replacement"]?.scalar else { throw wrong("replacement") }
      return .metaspace(replacement: sign, prepending, splits: tree["split"]?.bool ?? true)
    case "FixedLength":
      guard let length = tree["length"]?.index, length > 0 else { throw wrong("length") }
      return .fixedLength(length)
    case let type:
      throw VocabularyError(
        message: "its pre_tokenizer \(type ?? "without a type") is not known here")
    }
  }

  private static func split(_ tree: JSONTree) throws(VocabularyError) -> Step {
    let behavior = try behavior(tree, default: nil)
    let isInverted = try tree.flag("invert", default: false)
    if let text = tree["pattern"]?["String"]?.string {
      return .split(.string(text), behavior, isInverted: isInverted)
    }
    guard let source = tree["pattern"]?["Regex"]?.string else { throw wrong("pattern") }
    do {
      return .split(
        .expression(try SplitExpression(source)), behavior, isInverted: isInverted)
    } catch {
      throw VocabularyError(message: "its pre_tokenizer cannot be used: \(error.message)")
    }
  }

  private static func behavior(
    _ tree: JSONTree, default other: Behavior?
  ) throws(VocabularyError) -> Behavior {
    guard let behavior = tree["behavior"]?.string.map(Behavior.init(rawValue:)) ?? other else {
      throw wrong("behavior")
    }
    return behavior
  }

  private static func wrong(_ member: String) -> VocabularyError {
    VocabularyError(message: "its pre_tokenizer has no \(member) that is known here")
  }
}

extension PreTokenizer.Prepending {
  /// What a Metaspace says; nil for a scheme that is not known.
  ///
  /// Older files say `add_prefix_space` where newer ones say `prepend_scheme`, some say both.
  init?(_ tree: JSONTree) {
    let addsSpace = tree["add_prefix_space"]?.bool ?? true
    self.init(rawValue: tree["prepend_scheme"]?.string ?? (addsSpace ? "always" : "never"))
  }
}

extension PreTokenizer {
  /// What a `tokenizer.json` has as `pre_tokenizer`.
  var tree: JSONTree {
    let parts = steps.map(Self.tree)
    switch parts.count {
    case 0: return .null
    case 1: return parts[0]
    default:
      return .object([("type", .string("Sequence")), ("pretokenizers", .array(parts))])
    }
  }

  private static func object(
    _ type: String, _ members: [(name: String, value: JSONTree)] = []
  ) -> JSONTree {
    .object([("type", .string(type))] + members)
  }

  private static func tree(_ pattern: Pattern) -> JSONTree {
    switch pattern {
    case .expression(let expression): .object([("Regex", .string(expression.source))])
    case .string(let text): .object([("String", .string(text))])
    }
  }

  private static func tree(_ step: Step) -> JSONTree {
    switch step {
    case .split(let pattern, let behavior, let isInverted):
      return object(
        "Split",
        [
          ("pattern", tree(pattern)), ("behavior", .string(behavior.rawValue)),
          ("invert", .bool(isInverted)),
        ])
    case .byteLevel(let addsPrefixSpace, let splits, let trimsOffsets):
      return object(
        "ByteLevel",
        [
          ("add_prefix_space", .bool(addsPrefixSpace)), ("trim_offsets", .bool(trimsOffsets)),
          ("use_regex", .bool(splits)),
        ])
    case .digits(let areIndividual):
      return object("Digits", [("individual_digits", .bool(areIndividual))])
    case .punctuation(let behavior):
      return object("Punctuation", [("behavior", .string(behavior.rawValue))])
    case .whitespace: return object("Whitespace")
    case .whitespaceSplit: return object("WhitespaceSplit")
    case .bert: return object("BertPreTokenizer")
    case .delimiter(let scalar):
      return object("CharDelimiterSplit", [("delimiter", .string(String(scalar)))])
    case .metaspace(let replacement, let prepending, let splits):
      return object(
        "Metaspace",
        [
          ("replacement", .string(String(replacement))),
          ("prepend_scheme", .string(prepending.rawValue)), ("split", .bool(splits)),
        ])
    case .fixedLength(let length):
      return object("FixedLength", [("length", .number(Double(length)))])
    }
  }
}
