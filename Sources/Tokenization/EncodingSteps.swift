internal import ByteKernels

/// The steps by which a vocabulary makes ids of a text, ready to be taken by many encoders.
final class EncodingSteps: Sendable {
  /// A part of a text.
  enum Part {
    /// An added token, in its place in the text.
    case token(UInt32, Range<Int>)
    /// What is to be cut into pieces, and whether it begins the text.
    case text(AlignedText, beginsText: Bool)
  }

  let normalizers: [Normalizer]
  let preTokenizer: PreTokenizer
  /// Whether steps ask which piece comes from the beginning of a text that normalizers have changed.
  private let asksForBeginning: Bool
  private let rawFinder: AddedTokenFinder?
  private let normalizedFinder: AddedTokenFinder?

  init(_ vocabulary: Vocabulary) {
    normalizers = vocabulary.normalizers
    preTokenizer = vocabulary.preTokenizer
    asksForBeginning = !normalizers.isEmpty && preTokenizer.asksForBeginning
    let raw = vocabulary.addedTokens.filter { !$0.isNormalized }
    let normalized = vocabulary.addedTokens.filter(\.isNormalized)
    rawFinder = AddedTokenFinder(raw, texts: raw.map { Array($0.text.utf8) })
    normalizedFinder = AddedTokenFinder(
      normalized, texts: normalized.map { Self.normalizedText($0, vocabulary.normalizers) })
  }

  /// What an added token is found by in normalized text.
  static func normalizedText(_ token: AddedToken, _ normalizers: [Normalizer]) -> [UInt8] {
    var text = AlignedText(Array(token.text.utf8).span, offset: nil)
    for normalizer in normalizers { normalizer.apply(to: &text) }
    return text.bytes
  }

  /// Whether texts are cut into pieces as they are: there is nothing to find and nothing to change.
  func isPlain(allowingSpecials: Bool) -> Bool {
    normalizers.isEmpty && !finds(rawFinder, allowingSpecials)
      && !finds(normalizedFinder, allowingSpecials)
  }

  private func finds(_ finder: AddedTokenFinder?, _ allowsSpecials: Bool) -> Bool {
    finder.map { allowsSpecials || $0.hasOrdinaryTokens } ?? false
  }

  /// Calls `body` with the parts of a text in order; with places when `tracksPlaces`.
  ///
  /// In a text that does not begin one, places of parts count from 1: what is done at the beginning of
  /// a text is done at the place 0.
  func part(
    _ text: Span<UInt8>, allowingSpecials: Bool, tracksPlaces: Bool, beginsText: Bool = true,
    _ body: (Part) -> Void
  ) {
    let base = beginsText ? 0 : 1
    Self.split(text, finds(rawFinder, allowingSpecials) ? rawFinder : nil, allowingSpecials) {
      range, token in
      if let token { return body(.token(token.id, range)) }
      let start = range.lowerBound
      var section = AlignedText(
        text.extracting(range), offset: tracksPlaces || asksForBeginning ? start + base : nil)
      for normalizer in normalizers { normalizer.apply(to: &section) }
      let finder = finds(normalizedFinder, allowingSpecials) ? normalizedFinder : nil
      Self.split(section.bytes.span, finder, allowingSpecials) { range, token in
        if let token {
          return body(
            .token(token.id, self.range(of: section.place(of: range), beginsText: beginsText)))
        }
        let part = range.count == section.bytes.count ? section : section.slice(range)
        body(.text(part, beginsText: beginsText && start == 0 && range.lowerBound == 0))
      }
    }
  }

  /// The range of a text's bytes that a part's place is.
  func range(of place: Range<Int>, beginsText: Bool) -> Range<Int> {
    beginsText ? place : (place.lowerBound - 1)..<(place.upperBound - 1)
  }

  private static func split(
    _ text: Span<UInt8>, _ finder: AddedTokenFinder?, _ allowsSpecials: Bool,
    _ body: (Range<Int>, AddedToken?) -> Void
  ) {
    if let finder {
      finder.split(text, allowingSpecials: allowsSpecials, body)
    } else if !text.isEmpty {
      body(0..<text.count, nil)
    }
  }
}
