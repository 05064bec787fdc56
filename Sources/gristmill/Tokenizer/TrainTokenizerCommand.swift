import ArgumentParser
import Pipelines
import Tokenization

/// `gristmill tokenizer train`: a vocabulary from documents.
struct TrainTokenizerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a byte-level BPE tokenizer.",
    discussion: """
      Writes tokenizer.json, tokenizer_config.json and tokenizer.tiktoken. The merges depend on \
      the text alone: not on the order of files, workers or memory.

        gristmill tokenizer train 'web/*.jsonl.zst' --output tokenizer --vocabulary-size 32768
      """)

  @Argument(help: "Input files or patterns; - is standard input.")
  var input: [String]

  @Option(help: "The folder to write; made when it is not there.")
  var output: String

  @Option(help: "Tokens in the vocabulary, special tokens and the 256 bytes included.")
  var vocabularySize: Int

  @Option(help: "How text is cut before merging.")
  var pattern = SplitPattern.gpt4

  @Option(help: "Pairs seen less often are not merged.")
  var minimumFrequency: Int?

  @Option(help: "A special token; may be repeated. Default: <|endoftext|>.")
  var specialToken: [String] = []

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  mutating func run() async throws {
    var settings = TokenizerSettings()
    settings.vocabularySize = vocabularySize
    settings.pattern = pattern
    if let minimumFrequency { settings.minimumFrequency = minimumFrequency }
    if !specialToken.isEmpty { settings.specialTokens = specialToken }
    let report = try await TokenizerTraining.run(
      input, reading: try reading.settings, settings: settings, to: output,
      workerCount: machine.workerCount, memoryByteCount: machine.memory.byteCount,
      observer: RunReporter(quiet: machine.quiet))
    if !machine.quiet {
      for path in report.paths { ProgressLine.shared.write(path) }
    }
    try machine.finish(report.ledger, report.failures)
  }
}

extension SplitPattern: ExpressibleByArgument {}
