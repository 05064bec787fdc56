package import TextAnalysis

/// Which copies of a piece of text stay.
package enum CopyRule: String, CaseIterable, SettingChoice {
  /// The rule is off.
  case off
  /// The first copy in input order; the others are cut.
  case first
  /// No copy of what occurs twice or more.
  case none
}

/// What is cut out of documents because it stands elsewhere too.
package struct PieceSettings: StepSettings {
  package var paragraphs = CopyRule.off
  package var paragraphForm = PieceForm.bytes
  package var paragraphBreak = ParagraphBreak.line
  package var minimumParagraphBytes = 1
  package var lines = CopyRule.off
  package var lineForm = PieceForm.trimmed
  package var minimumLineBytes = 1
  package var maximumCutShare = 1.0
  package var minimumLeftBytes = 1
  package var minimumLeftWords = 0
  package var listCuts = false

  package init() {}

  package static var settings: [Setting<Self>] {
    [
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
        "maximum-cut-share", \.maximumCutShare,
        "a document that would lose a larger share of its bytes is dropped"),
      .init(
        "minimum-left-bytes", \.minimumLeftBytes,
        "a document that something was cut from and that keeps fewer bytes is dropped"),
      .init(
        "minimum-left-words", \.minimumLeftWords,
        "the same for words between white space"),
      .init("list-cuts", \.listCuts, "list every cut as JSON lines in deduplicate/cuts"),
    ]
  }

  /// True when some rule cuts pieces.
  package var isActive: Bool { paragraphs != .off || lines != .off }

  package func validate() throws(SettingsError) {
    let numbers = [
      ("minimum-paragraph-bytes", minimumParagraphBytes), ("minimum-line-bytes", minimumLineBytes),
      ("minimum-left-bytes", minimumLeftBytes), ("minimum-left-words", minimumLeftWords),
    ]
    for (name, value) in numbers where value < 0 {
      throw SettingsError(setting: name, message: "Takes 0 or more, not \(value)")
    }
    if !(0...1).contains(maximumCutShare) {
      throw SettingsError(
        setting: "maximum-cut-share", message: "Takes 0 to 1, not \(maximumCutShare)")
    }
  }

  func rule(of kind: PieceKind) -> CopyRule {
    switch kind {
    case .paragraph: paragraphs
    case .line: lines
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
