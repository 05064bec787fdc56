package import TextAnalysis

/// Which copies of a piece of text stay.
package enum CopyRule: String, CaseIterable, SettingChoice {
  /// The rule is off.
  case off
  /// The first copy in input order; the others are cut.
  case first
  /// No copy of what occurs twice or more.
  case none
  /// The first copy on the page whose URL has the least MD5 (C4's rule for lines: Raffel et al. 2020).
  case url
}

/// What is cut out of documents because it stands elsewhere too.
package struct PieceSettings: StepSettings {
  package var texts = CopyRule.off
  package var urls = CopyRule.off
  package var paragraphs = CopyRule.off
  package var paragraphForm = PieceForm.bytes
  package var paragraphBreak = ParagraphBreak.line
  package var minimumParagraphBytes = 1
  package var lines = CopyRule.off
  package var lineForm = PieceForm.trimmed
  package var minimumLineBytes = 1
  package var substrings = CopyRule.off
  package var substringTokens = 50
  package var substringCut = SubstringCut.sentence
  package var filterErrorRate: Double?
  package var filterCapacity: Int?
  package var maximumCutShare = 1.0
  package var minimumLeftBytes = 1
  package var minimumLeftWords = 0
  package var listCuts = false

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init(
        "text-copies", \.texts,
        "drop documents whose text occurs more than once: off, or which copy stays; as exact, but "
          + "without signatures, and for a filter"),
      .init(
        "url-copies", \.urls,
        "drop documents whose URL, to the byte, occurs more than once: off, or which copy stays"),
      .init(
        "paragraphs", \.paragraphs,
        "cut paragraphs that occur more than once: off, or which copy stays"),
      .init(
        "paragraph-form", \.paragraphForm, "what of two paragraphs has to be equal"),
      .init("paragraph-break", \.paragraphBreak, "what stands between two paragraphs"),
      .init(
        "minimum-paragraph-bytes", \.minimumParagraphBytes,
        "shorter paragraphs stay; without white space at the ends unless the form is bytes"),
      .init("lines", \.lines, "cut lines that occur more than once: off, or which copy stays"),
      .init("line-form", \.lineForm, "what of two lines has to be equal"),
      .init(
        "minimum-line-bytes", \.minimumLineBytes,
        "shorter lines stay; without white space at the ends unless the form is bytes"),
      .init(
        "substrings", \.substrings,
        "cut runs of tokens that occur more than once: off, or which copy stays"),
      .init(
        "substring-tokens", \.substringTokens,
        "the least length of such a run; a token stands between white space, or is a character of a "
          + "script written without spaces"),
      .init(
        "substring-cut", \.substringCut,
        "what is cut of a run: all of it, its whole sentences, its whole lines, or nothing, so that "
          + "it counts for maximum-cut-share alone"),
      .init(
        "filter-error-rate", \.filterErrorRate,
        "look for copies of texts, URLs, paragraphs and lines in a Bloom filter, which takes this share of those "
          + "that occur once for copies, at most; null compares exactly"),
      .init(
        "filter-capacity", \.filterCapacity,
        "how many different pieces the filters take together; null counts them, copies included"),
      .init(
        "maximum-cut-share", \.maximumCutShare,
        "a document that would lose a larger share of its bytes is dropped, with the copies in it that "
          + "were to stay"),
      .init(
        "minimum-left-bytes", \.minimumLeftBytes,
        "a document that something was cut from and that keeps fewer bytes is dropped, with the copies "
          + "in it that were to stay"),
      .init(
        "minimum-left-words", \.minimumLeftWords,
        "the same for words between white space"),
      .init("list-cuts", \.listCuts, "list every cut as JSON lines in deduplicate/cuts"),
    ]
  }

  /// True when some rule cuts pieces.
  package var isActive: Bool { findsPieces || findsSubstrings }
  /// True when anything but substrings is compared.
  package var findsPieces: Bool { [texts, urls, paragraphs, lines].contains { $0 != .off } }
  package var findsSubstrings: Bool { substrings != .off }
  /// True when documents that stay may lose a part of their text.
  package var changesTexts: Bool {
    paragraphs != .off || lines != .off || findsSubstrings && substringCut != .nothing
  }

  package func validate() throws(SettingsError) {
    let numbers = [
      ("minimum-paragraph-bytes", minimumParagraphBytes), ("minimum-line-bytes", minimumLineBytes),
      ("minimum-left-bytes", minimumLeftBytes), ("minimum-left-words", minimumLeftWords),
    ]
    for (name, value) in numbers where value < 0 {
      throw SettingsError(setting: name, message: "Takes 0 or more, not \(value)")
    }
    try validateFilter()
    if urls == .url {
      throw SettingsError(setting: "url-copies", message: "Takes off, first or none, not url")
    }
    if substrings == .url {
      throw SettingsError(setting: "substrings", message: "Takes off, first or none, not url")
    }
    try validateCombination()
    if !(2...10_000).contains(substringTokens) {
      throw SettingsError(
        setting: "substring-tokens", message: "Takes 2 to 10000, not \(substringTokens)")
    }
    if !(0...1).contains(maximumCutShare) {
      throw SettingsError(
        setting: "maximum-cut-share", message: "Takes 0 to 1, not \(maximumCutShare)")
    }
  }

  /// Refuses rules of which one takes the copy that another keeps.
  ///
  /// Where all keep the first copy, or that of the least URL, the copy of a part that stays is in the
  /// copy of the whole that stays; where no copy stays, it does not matter which rule took it.
  private func validateCombination() throws(SettingsError) {
    let rules = [
      ("text-copies", texts), ("paragraphs", paragraphs), ("lines", lines),
      ("substrings", substrings),
    ].filter { $0.1 != .off }
    guard let first = rules.first else { return }
    if urls != .off {
      throw SettingsError(
        setting: "url-copies",
        message: "Takes a run of its own: the copy that '\(first.0)' keeps may stand in a document "
          + "that goes for its URL")
    }
    for (name, rule) in rules where rule != first.1 {
      throw SettingsError(
        setting: name,
        message: "Keeps the same copy as '\(first.0): \(first.1.rawValue)' or takes a run of its "
          + "own, not '\(rule.rawValue)': one rule would take the copy that the other keeps")
    }
  }

  private func validateFilter() throws(SettingsError) {
    if let filterCapacity, !(1...1_000_000_000_000).contains(filterCapacity) {
      throw SettingsError(
        setting: "filter-capacity",
        message: "Takes 1 to 1000000000000, not \(filterCapacity)")
    }
    guard let filterErrorRate else { return }
    guard filterErrorRate >= 1e-9, filterErrorRate <= 0.5 else {
      throw SettingsError(
        setting: "filter-error-rate", message: "Takes 1e-9 to 0.5, not \(filterErrorRate)")
    }
    for rule in [texts, urls, paragraphs, lines] where rule != .off && rule != .first {
      throw SettingsError(
        setting: "filter-error-rate",
        message: "A filter can keep the first copy only, not '\(rule.rawValue)'")
    }
  }

  /// True when a rule asks for the URLs of documents.
  package var needsURLs: Bool { [texts, paragraphs, lines].contains(.url) }

  func form(of kind: PieceKind) -> PieceForm {
    switch kind {
    case .paragraph: paragraphForm
    case .line: lineForm
    case .substring, .text, .url: .bytes
    }
  }

  func rule(of kind: PieceKind) -> CopyRule {
    switch kind {
    case .paragraph: paragraphs
    case .line: lines
    case .substring: substrings
    case .text: texts
    case .url: urls
    }
  }
}

/// What stands between two paragraphs.
package enum ParagraphBreak: String, CaseIterable, SettingChoice {
  /// A line feed: a paragraph is a line, as in CCNet and dolma.
  case line
  /// Lines that hold nothing but white space.
  case blankLine = "blank-line"
}

/// How much of a repeated run of tokens is cut.
package enum SubstringCut: String, CaseIterable, SettingChoice {
  case token, sentence, line, nothing
}
