package import TextAnalysis

/// What a vocabulary is trained to be.
package struct TokenizerSettings: StepSettings {
  package var vocabularySize = 32768
  package var pattern = SplitPattern.gpt4
  package var minimumFrequency = 2
  package var specialTokens = ["<|endoftext|>"]
  package var maximumTokenByteCount: Int?

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init(
        "vocabulary-size", \.vocabularySize,
        "tokens in all: special tokens, the 256 bytes and what is merged"),
      .init("pattern", \.pattern, "how text is cut into pre-tokens before merging"),
      .init("minimum-frequency", \.minimumFrequency, "a pair seen less often is not merged"),
      .init(
        "special-tokens", \.specialTokens, "tokens that text never becomes; they get the first ids"),
      .init(
        "maximum-token-byte-count", \.maximumTokenByteCount,
        "no merge makes a token of more bytes; null for no bound"),
    ]
  }

  /// Refuses settings no vocabulary can meet.
  package func validate() throws(SettingsError) {
    let smallest = 256 + specialTokens.count
    if vocabularySize < smallest {
      throw SettingsError(
        setting: "vocabulary-size",
        message:
          "\(vocabularySize) is too small: the 256 bytes and the special tokens are \(smallest)")
    }
    if vocabularySize > Vocabulary.maximumTokenCount {
      throw SettingsError(
        setting: "vocabulary-size",
        message: "\(vocabularySize) is too large: at most \(Vocabulary.maximumTokenCount)")
    }
    if minimumFrequency < 1 {
      throw SettingsError(setting: "minimum-frequency", message: "Must be 1 or more")
    }
    if let maximumTokenByteCount, maximumTokenByteCount < 1 {
      throw SettingsError(
        setting: "maximum-token-byte-count", message: "Must be 1 or more, or null")
    }
    try validateSpecialTokens()
  }

  private func validateSpecialTokens() throws(SettingsError) {
    for (index, token) in specialTokens.enumerated() {
      if token.utf8.count < 2 {
        throw SettingsError(
          setting: "special-tokens", message: "\"\(token)\" is too short: two bytes or more")
      }
      let bytes = Array(token.utf8)
      if specialTokens[..<index].contains(where: { Array($0.utf8) == bytes }) {
        throw SettingsError(setting: "special-tokens", message: "\"\(token)\" is named twice")
      }
    }
  }
}
