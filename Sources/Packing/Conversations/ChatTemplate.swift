internal import TextAnalysis

/// What is written around the messages of a conversation, as transformers' chat templates write it.
package enum ChatTemplate: String, CaseIterable, Sendable, SettingChoice {
  /// Records are texts.
  case none
  /// `<|im_start|>role`, a newline, the content, `<|im_end|>` and a newline for each message.
  case chatML = "chatml"
  /// That of Meta's Llama 3: `<|start_header_id|>role<|end_header_id|>`, two newlines, the content without
  /// white space around it, and `<|eot_id|>` for each message, behind one `<|begin_of_text|>`.
  case llama3
  /// The contents one behind the other and nothing else, each encoded by itself, so that no token is of
  /// two and a prompt has the tokens it will have without its response.
  case plain

  /// The special tokens it writes, which the tokenizer must have.
  package var specialTokens: [String] {
    switch self {
    case .none, .plain: []
    case .chatML: ["<|im_start|>", "<|im_end|>"]
    case .llama3: ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
    }
  }

  /// The special token that it begins a conversation with, so that none need stand before it.
  package var beginning: String? { self == .llama3 ? "<|begin_of_text|>" : nil }

  /// True when the template itself says where a conversation ends, so that no end of document need follow.
  package var hasEnds: Bool { !specialTokens.isEmpty }

  /// The conversation as special tokens and the texts between them.
  package func script(_ conversation: Conversation) -> ChatScript {
    var script = ChatScript()
    if self == .llama3 { script.append(special: "<|begin_of_text|>") }
    for message in conversation.messages { append(message, to: &script) }
    return script
  }

  private func append(_ message: ChatMessage, to script: inout ChatScript) {
    let isCounted = message.isResponse
    switch self {
    case .none, .plain:
      script.append(apart: message.content, isCounted: isCounted)
    case .chatML:
      script.append(special: "<|im_start|>")
      script.append(Array("\(message.role)\n".utf8)[...])
      script.append(message.content[...], isCounted: isCounted)
      script.append(special: "<|im_end|>", isCounted: isCounted)
      script.append([UInt8(ascii: "\n")])
    case .llama3:
      script.append(special: "<|start_header_id|>")
      script.append(Array(message.role.utf8)[...])
      script.append(special: "<|end_header_id|>")
      script.append([UInt8(ascii: "\n"), UInt8(ascii: "\n")])
      script.append(Self.trimmed(message.content), isCounted: isCounted)
      script.append(special: "<|eot_id|>", isCounted: isCounted)
    }
  }

  /// The text without white space at both ends, as Python's `str.strip` understands it.
  static func trimmed(_ text: [UInt8]) -> ArraySlice<UInt8> {
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    let start = scalars.prefix(while: isSpace).reduce(0) { $0 + UTF8.width($1) }
    let end = scalars.reversed().prefix(while: isSpace).reduce(0) { $0 + UTF8.width($1) }
    return start == text.count ? [] : text[start..<(text.count - end)]
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    (0x1C...0x1F).contains(scalar.value) || scalar.properties.isWhitespace
  }
}

/// A conversation as special tokens and the texts between them.
package struct ChatScript: Sendable, Equatable {
  package enum Part: Sendable, Equatable {
    case special(String, isCounted: Bool)
    /// A text, encoded as a whole, and the ranges of its bytes that the loss counts, in order.
    case text([UInt8], counted: [Range<Int>])
  }

  package private(set) var parts: [Part] = []

  mutating func append(special token: String, isCounted: Bool = false) {
    parts.append(.special(token, isCounted: isCounted))
  }

  /// Adds a text that is encoded by itself.
  mutating func append(apart text: [UInt8], isCounted: Bool) {
    if text.isEmpty { return }
    parts.append(.text(text, counted: isCounted ? [0..<text.count] : []))
  }

  /// Adds a text; one that follows another becomes one with it, as a tokenizer would see them.
  mutating func append(_ text: ArraySlice<UInt8>, isCounted: Bool = false) {
    if text.isEmpty { return }
    var (whole, ranges): ([UInt8], [Range<Int>]) = ([], [])
    if case .text(let before, let counted)? = parts.last {
      // The part lets go of its text, so that it grows in place.
      parts.removeLast()
      (whole, ranges) = (before, counted)
    }
    if isCounted { ranges.append(whole.count..<(whole.count + text.count)) }
    whole.append(contentsOf: text)
    parts.append(.text(whole, counted: ranges))
  }
}
