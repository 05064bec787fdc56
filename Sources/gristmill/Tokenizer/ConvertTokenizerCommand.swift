import ArgumentParser
import ByteKernels
import Pipelines
import Tokenization

/// `gristmill tokenizer convert`: a tokenizer in another format.
struct ConvertTokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write a tokenizer in another format, with proof.",
    discussion: """
      The format goes by the output's name: .json is a tokenizer.json for Hugging Face's tokenizers and \
      transformers, .tiktoken a file of ranks, .model a SentencePiece model; a folder gets \
      tokenizer.json with all that belongs to it, vocab.json and merges.txt. What was written is read \
      again and must encode thousands of hard texts as the original does; a format that cannot say \
      what the tokenizer does is refused with the first text that differs.

        gristmill tokenizer convert cl100k_base.tiktoken --output tokenizer.json
      """)

  @Argument(help: TokenizerPath.help)
  var input: String

  @Option(help: "The file or folder to write.")
  var output: String

  @Option(
    help: "Documents that both must encode alike, besides the built-in texts; may be repeated.")
  var check: [String] = []

  @OptionGroup var split: SplitOptions
  @OptionGroup var reading: ReadingOptions

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  mutating func run() throws {
    try OutputGuard.check(
      outputs: TokenizerPath.files(output), inputs: TokenizerPath.files(input) + check)
    let texts = try ConversionTexts.read(
      check, reading: try reading.settings, observer: RunReporter(quiet: quiet))
    let tokenizer = try refusing(input) {
      try TokenizerConversion.read(input, pattern: split.pattern)
    }
    let report = try converted(tokenizer, texts)
    if quiet { return }
    for file in report.files { ProgressLine.shared.write(file.path) }
    ProgressLine.shared.write(
      "\(Words.count(report.textCount)) texts give the same \(Words.count(report.tokenCount)) ids "
        + "as before")
  }

  /// What the output's format cannot say is refused in its name; that it cannot be written is no fault
  /// of what was asked for.
  private func converted(
    _ tokenizer: Tokenizer, _ texts: [[UInt8]]
  ) throws -> TokenizerConversion.Report {
    do {
      return try TokenizerConversion.convert(tokenizer, to: output, texts: texts)
    } catch let error as TokenizationError {
      throw PipelineError(file: error.path, message: error.message)
    }
  }
}
