import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill tokenizer encode`: documents to token ids.
struct EncodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Encode documents to one file of token ids.",
    discussion: """
      Writes little-endian 32-bit ids, and to FILE.lengths the number of ids of each document.

        gristmill tokenizer encode --tokenizer tokenizer/tokenizer.json web.jsonl.zst --output web.bin
      """)

  @Option(help: TokenizerPath.help)
  var tokenizer: String

  @Argument(help: "Input files or patterns; - is standard input.")
  var input: [String]

  @Option(help: "The file of ids to write.")
  var output: String

  @Flag(help: "Text that looks like a special token becomes that token.")
  var allowSpecial = false

  @OptionGroup var split: SplitOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  mutating func run() async throws {
    try OutputGuard.check(
      outputs: [output, "\(output).lengths"], inputs: input + TokenizerPath.files(tokenizer))
    var settings = TokenEncoding.Settings()
    settings.allowsSpecialTokens = allowSpecial
    let report = try await TokenEncoding.run(
      input, reading: try reading.settings, tokenizer: try split.load(tokenizer),
      settings: settings, to: output, workerCount: machine.workerCount,
      memoryByteCount: machine.memory.byteCount, observer: RunReporter(quiet: machine.quiet))
    if !machine.quiet {
      let rate = Double(report.byteCount) / Double(max(1, report.tokenCount))
      ProgressLine.shared.write(
        "\(Words.count(report.documentCount)) documents, \(Words.bytes(report.byteCount)), "
          + "\(Words.count(report.tokenCount)) tokens, \(Words.decimal(rate, 3)) bytes a token")
    }
    try machine.finish(report.ledger, report.failures)
  }
}
