package import TextAnalysis

/// What a vocabulary is trained to be.
package struct TokenizerSettings: StepSettings {
  package var algorithm = TrainingAlgorithm.bpe
  package var vocabularySize = 32768
  package var vocabularyMultiple = 1
  package var pattern = SplitPattern.gpt4
  package var minimumFrequency = 2
  package var maximumTokenByteCount: Int?
  package var specialTokens = ["<|endoftext|>"]
  package var reservedTokens = 0
  package var specialTokenPlace = SpecialTokenPlace.first
  package var specialTokenIDs: [Int] = []
  package var characterCoverage = 0.9995
  package var alphabetLimit: Int?
  package var maximumPieceLength = 16
  package var splitDigits = true
  package var splitScripts = true
  package var normalization = TrainingNormalization.identity
  package var sourceField = "source"
  package var sourceWeights: [String] = []
  package var samplingTemperature = 1.0
  package var sampleShare = 1.0
  package var sampleSeed = 0

  package init() {}

  package static var settings: [Setting<Self>] {
    sizeSettings + specialTokenSettings + characterSettings + samplingSettings
  }

  private static var sizeSettings: [Setting<Self>] {
    [
      .init(
        "algorithm", \.algorithm,
        "bpe merges bytes; sentencepiece-bpe merges characters, with bytes for rare ones"),
      .init(
        "vocabulary-size", \.vocabularySize,
        "tokens in all: special tokens, the 256 bytes and what is merged"),
      .init(
        "vocabulary-multiple", \.vocabularyMultiple,
        "the vocabulary size is rounded up to a multiple of this"),
      .init("pattern", \.pattern, "how bpe cuts text into pre-tokens before merging"),
      .init("minimum-frequency", \.minimumFrequency, "a pair seen less often is not merged"),
      .init(
        "maximum-token-byte-count", \.maximumTokenByteCount,
        "no merge makes a token of more bytes; null for no bound"),
    ]
  }

  private static var specialTokenSettings: [Setting<Self>] {
    [
      .init("special-tokens", \.specialTokens, "tokens that text never becomes"),
      .init(
        "reserved-tokens", \.reservedTokens,
        "so many special tokens more, <|reserved_0|> and on, for later use"),
      .init(
        "special-token-place", \.specialTokenPlace,
        "whether special tokens have the first or the last ids"),
      .init(
        "special-token-ids", \.specialTokenIDs,
        "the id of each special token, reserved ones last; none for their place"),
    ]
  }

  private static var characterSettings: [Setting<Self>] {
    [
      .init(
        "character-coverage", \.characterCoverage,
        "sentencepiece-bpe: the share of all characters that the alphabet covers; others are bytes"),
      .init(
        "alphabet-limit", \.alphabetLimit,
        "sentencepiece-bpe: the most characters in the alphabet; null for no bound"),
      .init(
        "maximum-piece-length", \.maximumPieceLength,
        "sentencepiece-bpe: no piece has more characters"),
      .init(
        "split-digits", \.splitDigits, "sentencepiece-bpe: every digit is a piece by itself"),
      .init(
        "split-scripts", \.splitScripts,
        "sentencepiece-bpe: no piece has letters of two scripts; kana count as Han"),
      .init(
        "normalization", \.normalization, "sentencepiece-bpe: what is done to text beforehand"),
    ]
  }

  private static var samplingSettings: [Setting<Self>] {
    [
      .init(
        "source-field", \.sourceField,
        "what tells sources apart: source, or a member of the metadata"),
      .init(
        "source-weights", \.sourceWeights,
        "SOURCE=WEIGHT each: how much an occurrence counts, to a thousandth; others count 1"),
      .init(
        "sampling-temperature", \.samplingTemperature,
        "T above 1 makes small sources count more: a source's share to the power of 1/T"),
      .init(
        "sample-share", \.sampleShare, "the share of documents to learn from, chosen by their ids"),
      .init("sample-seed", \.sampleSeed, "another seed chooses other documents"),
    ]
  }

  /// Every special token, reserved ones last.
  package var allSpecialTokens: [String] {
    specialTokens + (0..<max(0, reservedTokens)).map { "<|reserved_\($0)|>" }
  }

  /// Tokens in all, rounded up.
  package var tokenCount: Int {
    let multiple = max(1, vocabularyMultiple)
    return (vocabularySize + multiple - 1) / multiple * multiple
  }

  /// What words are counted of.
  package var split: WordSplit {
    switch algorithm {
    case .bpe: .pattern(pattern)
    case .sentencePieceBPE:
      .pieces(
        PieceSplit(
          normalization: normalization, splitsDigits: splitDigits, splitsScripts: splitScripts))
    }
  }
}

package enum TrainingAlgorithm: String, SettingChoice {
  case bpe
  case sentencePieceBPE = "sentencepiece-bpe"
}

package enum SpecialTokenPlace: String, SettingChoice {
  case first, last
}

/// What is done to text before it is cut into pieces.
package enum TrainingNormalization: String, SettingChoice {
  /// Nothing.
  case identity
  /// NFKC by the tables of Unicode 9, as Hugging Face has it.
  case nfkc
}
