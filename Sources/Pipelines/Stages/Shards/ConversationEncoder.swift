internal import Documents
internal import Packing
internal import Tokenization

/// Makes tokens of conversations, and says which of them the loss counts.
///
/// Special tokens come from the template alone; text that looks like one is ordinary text. A text
/// between two of them is encoded as a whole, as transformers does with the written-out conversation.
struct ConversationEncoder: Sendable {
  private let settings: ConversationSettings
  private let specials: [String: UInt32]

  /// Finds the template's special tokens; `path` is the tokenizer's, for errors.
  init(
    _ settings: ConversationSettings, _ tokenizer: Tokenizer, path: String
  ) throws(PipelineError) {
    self.settings = settings
    var specials: [String: UInt32] = [:]
    for name in settings.chatTemplate.specialTokens {
      guard let id = tokenizer.id(ofSpecialToken: name) else {
        throw PipelineError(
          file: path,
          message: "has no special token '\(name)', which the chat template "
            + "'\(settings.chatTemplate.rawValue)' writes; it has "
            + BoundaryTokens.names(of: tokenizer))
      }
      specials[name] = id
    }
    self.specials = specials
  }

  func conversation(in record: Record) throws(Conversation.Fault) -> Conversation {
    try Conversation(record.metadata, settings)
  }

  /// The tokens of a conversation, between those that stand around every document.
  ///
  /// The loss counts the end of document where it is what ends a response.
  func encode(
    _ conversation: Conversation, between boundaries: BoundaryTokens, by encoder: Encoder
  ) -> EncodedDocument {
    var document = EncodedDocument()
    if let beginning = boundaries.beginning { document.append(beginning, isCounted: false) }
    for part in settings.chatTemplate.script(conversation).parts {
      switch part {
      case .special(let name, let isCounted):
        if let id = specials[name] { document.append(id, isCounted: isCounted) }
      case .text(let text, let counted): append(text, counted, to: &document, by: encoder)
      }
    }
    if let end = boundaries.end {
      let endsResponse = conversation.messages.last?.isResponse == true
      document.append(end, isCounted: endsResponse && !settings.chatTemplate.hasEnds)
    }
    if !settings.hasLossMasks { document.lossMask = [] }
    return document
  }

  /// A token counts when any of its bytes does, as for transformers' masks of assistant tokens.
  private func append(
    _ text: [UInt8], _ counted: [Range<Int>], to document: inout EncodedDocument,
    by encoder: Encoder
  ) {
    if counted.isEmpty || counted == [0..<text.count] || !settings.hasLossMasks {
      encoder.encode(
        text.span, into: &document.tokens, beginsText: document.tokens.isEmpty)
      document.extendMask(isCounted: !counted.isEmpty)
    } else if let (ids, ranges) = encoder.encodeWithRanges(
      text.span, beginsText: document.tokens.isEmpty)
    {
      document.tokens += ids
      var place = 0
      for range in ranges {
        while place < counted.count, counted[place].upperBound <= range.lowerBound { place += 1 }
        let isCounted = place < counted.count && counted[place].overlaps(range)
        document.lossMask.append(isCounted ? 1 : 0)
      }
    } else {
      appendParts(text, counted, to: &document, by: encoder)
    }
  }

  /// For tokenizers that keep no places: what counts is encoded apart from what does not.
  private func appendParts(
    _ text: [UInt8], _ counted: [Range<Int>], to document: inout EncodedDocument,
    by encoder: Encoder
  ) {
    func append(_ range: Range<Int>, isCounted: Bool) {
      if range.isEmpty { return }
      encoder.encode(
        text.span.extracting(range), into: &document.tokens,
        beginsText: document.tokens.isEmpty)
      document.extendMask(isCounted: isCounted)
    }
    var end = 0
    for range in counted {
      append(end..<range.lowerBound, isCounted: false)
      append(range, isCounted: true)
      end = range.upperBound
    }
    append(end..<text.count, isCounted: false)
  }
}

extension EncodedDocument {
  fileprivate mutating func append(_ id: UInt32, isCounted: Bool) {
    tokens.append(id)
    lossMask.append(isCounted ? 1 : 0)
  }

  /// Gives the tokens that have none yet their place in the mask.
  fileprivate mutating func extendMask(isCounted: Bool) {
    lossMask.append(
      contentsOf: repeatElement(isCounted ? 1 : 0, count: tokens.count - lossMask.count))
  }
}
