/// What a published `.tiktoken` file does not say of itself: how text is split, and special tokens.
struct PublishedRanks {
  /// Nil where the pattern is not known here.
  let pattern: SplitPattern?
  let specialTokens: [AddedToken]

  private init(_ pattern: String, _ specials: [(id: UInt32, text: String)]) {
    self.pattern = SplitPattern(rawValue: pattern)
    specialTokens = specials.map { AddedToken(id: $0.id, text: $0.text, isInModel: false) }
  }

  /// The encoding of a name that tiktoken 0.14 knows; nil for another name.
  static func named(_ name: String) -> PublishedRanks? {
    let end: (id: UInt32, text: String) = (50256, "<|endoftext|>")
    switch name {
    case "gpt2", "r50k_base", "p50k_base": return .init("gpt2", [end])
    case "p50k_edit":
      let infills: [(id: UInt32, text: String)] = [
        (50281, "<|fim_prefix|>"), (50282, "<|fim_middle|>"), (50283, "<|fim_suffix|>"),
      ]
      return .init("gpt2", [end] + infills)
    case "cl100k_base":
      return .init(
        "gpt4",
        [
          (100257, "<|endoftext|>"), (100258, "<|fim_prefix|>"), (100259, "<|fim_middle|>"),
          (100260, "<|fim_suffix|>"), (100276, "<|endofprompt|>"),
        ])
    case "o200k_base":
      return .init("gpt4o", [(199999, "<|endoftext|>"), (200018, "<|endofprompt|>")])
    case "o200k_harmony": return .init("gpt4o", harmony)
    default: return nil
    }
  }

  /// The special tokens of o200k_harmony: named ones, and between them reserved ones.
  private static var harmony: [(id: UInt32, text: String)] {
    let named: [UInt32: String] = [
      199998: "startoftext", 199999: "endoftext", 200002: "return", 200003: "constrain",
      200005: "channel", 200006: "start", 200007: "end", 200008: "message", 200012: "call",
      200018: "endofprompt",
    ]
    return (199998...201087).map { ($0, "<|\(named[$0] ?? "reserved_\($0)")|>") }
  }
}
