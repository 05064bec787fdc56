package import TextAnalysis

extension GopherRepetition {
  /// Bounds, each a share of the text or of its segments; null turns a rule off.
  package struct Settings: StepSettings {
    package var maximumDuplicateParagraphShare: Double? = 0.3
    package var maximumDuplicateParagraphCharacterShare: Double? = 0.2
    package var maximumDuplicateLineShare: Double? = 0.3
    package var maximumDuplicateLineCharacterShare: Double? = 0.2
    package var maximumTop2GramShare: Double? = 0.2
    package var maximumTop3GramShare: Double? = 0.18
    package var maximumTop4GramShare: Double? = 0.16
    package var maximumDuplicate5GramShare: Double? = 0.15
    package var maximumDuplicate6GramShare: Double? = 0.14
    package var maximumDuplicate7GramShare: Double? = 0.13
    package var maximumDuplicate8GramShare: Double? = 0.12
    package var maximumDuplicate9GramShare: Double? = 0.11
    package var maximumDuplicate10GramShare: Double? = 0.1
    package var words = WordDefinition.unicode

    package init() {}

    package static var settings: [Setting<Self>] {
      [
        .init(
          "maximum-duplicate-paragraph-share", \.maximumDuplicateParagraphShare,
          "Most paragraphs that stood before, as a share of all."),
        .init(
          "maximum-duplicate-paragraph-character-share", \.maximumDuplicateParagraphCharacterShare,
          "Most characters in paragraphs that stood before."),
        .init(
          "maximum-duplicate-line-share", \.maximumDuplicateLineShare,
          "Most lines that stood before, as a share of all."),
        .init(
          "maximum-duplicate-line-character-share", \.maximumDuplicateLineCharacterShare,
          "Most characters in lines that stood before."),
        .init("maximum-top-2-gram-share", \.maximumTop2GramShare, top(2)),
        .init("maximum-top-3-gram-share", \.maximumTop3GramShare, top(3)),
        .init("maximum-top-4-gram-share", \.maximumTop4GramShare, top(4)),
        .init("maximum-duplicate-5-gram-share", \.maximumDuplicate5GramShare, duplicate(5)),
        .init("maximum-duplicate-6-gram-share", \.maximumDuplicate6GramShare, duplicate(6)),
        .init("maximum-duplicate-7-gram-share", \.maximumDuplicate7GramShare, duplicate(7)),
        .init("maximum-duplicate-8-gram-share", \.maximumDuplicate8GramShare, duplicate(8)),
        .init("maximum-duplicate-9-gram-share", \.maximumDuplicate9GramShare, duplicate(9)),
        .init("maximum-duplicate-10-gram-share", \.maximumDuplicate10GramShare, duplicate(10)),
        .init("words", \.words, "What a word is."),
      ]
    }

    private static func top(_ length: Int) -> String {
      "Most characters in the most frequent \(length)-gram."
    }

    private static func duplicate(_ length: Int) -> String {
      "Most characters in \(length)-grams that stood before."
    }
  }
}
