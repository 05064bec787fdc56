package import TextAnalysis

extension C4Quality {
  /// Bounds and switches; a null bound turns a rule off.
  package struct Settings: StepSettings {
    package var maximumWordLength: Int? = 1000
    package var removeCitations = true
    package var requireEndMark = true
    package var endMarks = [".", "?", "!", "\""]
    package var minimumWordsPerLine: Int? = 5
    package var countWords = WordCounting.afterCitations
    package var words = WordDefinition.whitespace
    package var dropLoremIpsumPages = true
    package var dropJavascriptLines = true
    package var dropCurlyBracketPages = true
    package var dropPolicyLines = true
    package var minimumSentences: Int? = 3

    package init() {}

    package static var settings: [Setting<Self>] {
      [
        .init(
          "maximum-word-length", \.maximumWordLength,
          "Longest word of a line that is kept, in characters."),
        .init(
          "remove-citations", \.removeCitations, "Takes out [1], [edit] and [citation needed]."),
        .init("require-end-mark", \.requireEndMark, "Drops lines that end with no end mark."),
        .init("end-marks", \.endMarks, "What a sentence may end with; three dots never do."),
        .init(
          "minimum-words-per-line", \.minimumWordsPerLine, "Fewest words of a line that is kept."),
        .init("count-words", \.countWords, "Whether citations count among a line's words."),
        .init("words", \.words, "What a word is; of unicode ones punctuation does not count."),
        .init("drop-lorem-ipsum-pages", \.dropLoremIpsumPages, "Drops pages with lorem ipsum."),
        .init("drop-javascript-lines", \.dropJavascriptLines, "Drops lines that say javascript."),
        .init("drop-curly-bracket-pages", \.dropCurlyBracketPages, "Drops pages with a {."),
        .init(
          "drop-policy-lines", \.dropPolicyLines,
          "Drops lines on terms of use, privacy or cookie policy, or the use of cookies."),
        .init("minimum-sentences", \.minimumSentences, "Fewest sentences of a page that is kept."),
      ]
    }
  }

  /// Which form of a line its words are counted in.
  package enum WordCounting: String, Sendable, SettingChoice {
    /// As TensorFlow Datasets does.
    case afterCitations = "after-citations"
    /// As datatrove does.
    case beforeCitations = "before-citations"
  }
}
