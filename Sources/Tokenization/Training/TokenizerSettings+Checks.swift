package import TextAnalysis

extension TokenizerSettings {
  /// Refuses settings no vocabulary can meet.
  package func validate() throws(SettingsError) {
    try validateSize()
    try validateSpecialTokens()
    try validateSpecialTokenIDs()
    try validateCharacters()
    try validateEffect()
    _ = try SourceWeights(self)
    guard sampleShare > 0, sampleShare <= 1 else {
      throw SettingsError(setting: "sample-share", message: "Must be above 0 and at most 1")
    }
  }

  private func validateSize() throws(SettingsError) {
    try Self.require(vocabularyMultiple, atLeast: 1, "vocabulary-multiple")
    try Self.require(minimumFrequency, atLeast: 0, "minimum-frequency")
    try Self.require(reservedTokens, atLeast: 0, "reserved-tokens")
    if let maximumTokenByteCount, maximumTokenByteCount < 1 {
      throw SettingsError(
        setting: "maximum-token-byte-count", message: "Must be 1 or more, or null")
    }
    let bound = Vocabulary.maximumTokenCount
    if vocabularySize > bound || vocabularyMultiple > bound || reservedTokens > bound
      || tokenCount > bound
    {
      throw SettingsError(
        setting: "vocabulary-size", message: "\(vocabularySize) is too large: at most \(bound)")
    }
    let others = algorithm == .bpe ? 256 : SentencePieceTrainer.firstMergeID(0)
    let smallest = others + allSpecialTokens.count
    if tokenCount < smallest {
      throw SettingsError(
        setting: "vocabulary-size",
        message:
          "\(vocabularySize) is too small: the 256 bytes and the special tokens are \(smallest)")
    }
  }

  private static func require(
    _ value: Int, atLeast least: Int, _ setting: String
  ) throws(SettingsError) {
    if value < least { throw SettingsError(setting: setting, message: "Must be \(least) or more") }
  }

  private func validateSpecialTokens() throws(SettingsError) {
    var seen: Set<[UInt8]> = []
    for token in allSpecialTokens {
      if token.utf8.count < 2 {
        throw SettingsError(
          setting: "special-tokens", message: "\"\(token)\" is too short: two bytes or more")
      }
      if !seen.insert(Array(token.utf8)).inserted {
        throw SettingsError(setting: "special-tokens", message: "\"\(token)\" is named twice")
      }
    }
  }

  private func validateSpecialTokenIDs() throws(SettingsError) {
    if specialTokenIDs.isEmpty { return }
    func refuse(_ message: String) -> SettingsError {
      SettingsError(setting: "special-token-ids", message: message)
    }
    if algorithm != .bpe {
      throw refuse("Ids can be given for bpe; pieces of a SentencePiece model have the first ids")
    }
    if specialTokenIDs.count != allSpecialTokens.count {
      throw refuse(
        "\(specialTokenIDs.count) ids for \(allSpecialTokens.count) special tokens: give one each")
    }
    if Set(specialTokenIDs).count != specialTokenIDs.count { throw refuse("An id is named twice") }
    if let wrong = specialTokenIDs.first(where: { !(0..<tokenCount).contains($0) }) {
      throw refuse("\(wrong) is not among the ids of the vocabulary, 0 to \(tokenCount - 1)")
    }
  }

  private func validateCharacters() throws(SettingsError) {
    guard characterCoverage > 0, characterCoverage <= 1 else {
      throw SettingsError(setting: "character-coverage", message: "Must be above 0 and at most 1")
    }
    if let alphabetLimit, alphabetLimit < 1 {
      throw SettingsError(setting: "alphabet-limit", message: "Must be 1 or more, or null")
    }
    try Self.require(maximumPieceLength, atLeast: 1, "maximum-piece-length")
    if algorithm == .sentencePieceBPE, specialTokenPlace == .last {
      throw SettingsError(
        setting: "special-token-place", message: "sentencepiece-bpe has them first")
    }
  }

  /// Refuses what only the other algorithm looks at.
  private func validateEffect() throws(SettingsError) {
    let usual = TokenizerSettings()
    let ignored: [(name: String, isSet: Bool)] =
      switch algorithm {
      case .bpe:
        [
          ("character-coverage", characterCoverage != usual.characterCoverage),
          ("alphabet-limit", alphabetLimit != usual.alphabetLimit),
          ("maximum-piece-length", maximumPieceLength != usual.maximumPieceLength),
          ("split-digits", splitDigits != usual.splitDigits),
          ("split-scripts", splitScripts != usual.splitScripts),
          ("normalization", normalization != usual.normalization),
        ]
      case .sentencePieceBPE:
        [
          ("pattern", pattern != usual.pattern),
          ("maximum-token-byte-count", maximumTokenByteCount != usual.maximumTokenByteCount),
        ]
      }
    if let setting = ignored.first(where: \.isSet) {
      throw SettingsError(
        setting: setting.name, message: "Has no effect on the algorithm \(algorithm.rawValue)")
    }
  }
}
