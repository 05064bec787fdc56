import ArgumentParser
import ByteKernels
import Pipelines
import Tokenization

/// `gristmill tokenizer`: train and use a tokenizer, without a run around it.
struct TokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizer", abstract: "Train a tokenizer, or encode with one.",
    subcommands: [Train.self, Encode.self])

  struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
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

  struct Encode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Encode documents to one file of token ids.",
      discussion: """
        Writes little-endian 32-bit ids, and to FILE.lengths the number of ids of each document.

          gristmill tokenizer encode --tokenizer tokenizer/tokenizer.json web.jsonl.zst --output web.bin
        """)

    @Option(help: "A tokenizer.json or .tiktoken file.")
    var tokenizer: String

    @Argument(help: "Input files or patterns; - is standard input.")
    var input: [String]

    @Option(help: "The file of ids to write.")
    var output: String

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var machine: MachineOptions

    mutating func run() async throws {
      let report = try await TokenEncoding.run(
        input, reading: try reading.settings,
        tokenizer: try refusing(tokenizer) { try Tokenizer(contentsOf: tokenizer) },
        to: output, workerCount: machine.workerCount, observer: RunReporter(quiet: machine.quiet))
      if !machine.quiet {
        let rate = Double(report.byteCount) / Double(max(1, report.tokenCount))
        ProgressLine.shared.write(
          "\(Words.count(report.documentCount)) documents, \(Words.bytes(report.byteCount)), "
            + "\(Words.count(report.tokenCount)) tokens, \(Words.decimal(rate, 3)) bytes a token")
      }
      try machine.finish(report.ledger, report.failures)
    }
  }
}

extension SplitPattern: ExpressibleByArgument {}
