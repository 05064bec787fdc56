import ArgumentParser
import Tokenization

/// What a trained vocabulary is to be.
struct VocabularyOptions: ParsableArguments {
  @Option(help: "bpe merges bytes; sentencepiece-bpe merges characters, with bytes for rare ones.")
  var algorithm = TrainingAlgorithm.bpe

  @Option(help: "Tokens in the vocabulary, special tokens and the 256 bytes included.")
  var vocabularySize: Int

  @Option(help: "The vocabulary size is rounded up to a multiple of this.")
  var vocabularyMultiple: Int?

  @Option(
    help: "How bpe cuts text before merging. Default: gpt4.",
    transform: { try SplitPattern(named: $0) })
  var pattern = SplitPattern.gpt4

  @Option(help: "Pairs seen less often are not merged. Default: 2.")
  var minimumFrequency: Int?

  @Option(help: "No merge makes a token of more bytes.")
  var maximumTokenByteCount: Int?

  @Option(help: "A special token; may be repeated. Default: <|endoftext|>.")
  var specialToken: [String] = []

  @Option(help: "The id of each special token, reserved ones last; may be repeated.")
  var specialTokenId: [Int] = []

  @Option(help: "Whether special tokens have the first or the last ids.")
  var specialTokenPlace: SpecialTokenPlace?

  @Option(help: "So many special tokens more, <|reserved_0|> and on.")
  var reservedTokens: Int?

  func apply(to settings: inout TokenizerSettings) {
    settings.algorithm = algorithm
    settings.vocabularySize = vocabularySize
    settings.vocabularyMultiple = vocabularyMultiple ?? settings.vocabularyMultiple
    settings.pattern = pattern
    settings.minimumFrequency = minimumFrequency ?? settings.minimumFrequency
    settings.maximumTokenByteCount = maximumTokenByteCount
    if !specialToken.isEmpty { settings.specialTokens = specialToken }
    settings.specialTokenIDs = specialTokenId
    settings.specialTokenPlace = specialTokenPlace ?? settings.specialTokenPlace
    settings.reservedTokens = reservedTokens ?? settings.reservedTokens
  }
}

/// What only sentencepiece-bpe asks.
struct CharacterOptions: ParsableArguments {
  @Option(
    help:
      "sentencepiece-bpe: the share of all characters that the alphabet covers. Default: 0.9995.")
  var characterCoverage: Double?

  @Option(help: "sentencepiece-bpe: the most characters in the alphabet.")
  var alphabetLimit: Int?

  @Option(help: "sentencepiece-bpe: no piece has more characters. Default: 16.")
  var maximumPieceLength: Int?

  @Flag(inversion: .prefixedNo, help: "sentencepiece-bpe: every digit is a piece by itself.")
  var splitDigits = true

  @Flag(inversion: .prefixedNo, help: "sentencepiece-bpe: no piece has letters of two scripts.")
  var splitScripts = true

  @Option(help: "sentencepiece-bpe: what is done to text beforehand.")
  var normalization: TrainingNormalization?

  func apply(to settings: inout TokenizerSettings) {
    settings.characterCoverage = characterCoverage ?? settings.characterCoverage
    settings.alphabetLimit = alphabetLimit
    settings.maximumPieceLength = maximumPieceLength ?? settings.maximumPieceLength
    settings.splitDigits = splitDigits
    settings.splitScripts = splitScripts
    settings.normalization = normalization ?? settings.normalization
  }
}

/// Which documents are learned from, and how much they count.
struct SamplingOptions: ParsableArguments {
  @Option(help: "What tells sources apart: source, or a member of the metadata.")
  var sourceField: String?

  @Option(help: "SOURCE=WEIGHT, to a thousandth: how much an occurrence counts; may be repeated.")
  var sourceWeight: [String] = []

  @Option(help: "T above 1 makes small sources count more: a source's share to the power of 1/T.")
  var samplingTemperature: Double?

  @Option(help: "The share of documents to learn from, chosen by their ids.")
  var sampleShare: Double?

  @Option(help: "Another seed chooses other documents.")
  var sampleSeed: Int?

  func apply(to settings: inout TokenizerSettings) {
    settings.sourceField = sourceField ?? settings.sourceField
    settings.sourceWeights = sourceWeight
    settings.samplingTemperature = samplingTemperature ?? settings.samplingTemperature
    settings.sampleShare = sampleShare ?? settings.sampleShare
    settings.sampleSeed = sampleSeed ?? settings.sampleSeed
  }
}

extension TrainingAlgorithm: ExpressibleByArgument {}
extension SpecialTokenPlace: ExpressibleByArgument {}
extension TrainingNormalization: ExpressibleByArgument {}
