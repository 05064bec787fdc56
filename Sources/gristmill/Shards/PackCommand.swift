import ArgumentParser
import Packing
import Pipelines
import Tokenization

/// `gristmill pack`: documents to token shards.
struct PackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Encode documents and pack them into token shards; run it again to resume.",
    discussion: """
      The shards stand in the output folder, train-00000 and so on, with the ledger of every token.

        gristmill pack 'web/*.jsonl.zst' --tokenizer tokenizer --output packed --format megatron
        gristmill pack 'web/*.jsonl.zst' --tokenizer tokenizer --output packed --format mds \
          --strategy best-fit --sequence-length 4096
      """)

  @Argument(help: "Input files or patterns, or - for standard input, which is kept in the folder.")
  var input: [String]

  @Option(help: TokenizerPath.help)
  var tokenizer: String

  @Option(help: "The folder to write; made when it is not there.")
  var output: String

  @OptionGroup var packing: PackingOptions
  @OptionGroup var split: SplitOptions
  @OptionGroup var reading: OwnReadingOptions<ShardOwner>
  @OptionGroup var machine: MachineOptions

  mutating func run() async throws {
    let reporter = RunReporter(quiet: machine.quiet)
    let ledger = try await PackRun.run(
      input, reading: try reading.settings, tokenizer: tokenizer, pattern: split.pattern,
      settings: try packing.settings(reading.ownOverrides), seed: packing.seed, to: output,
      workerCount: machine.workerCount, memoryByteCount: machine.memory.byteCount,
      observer: reporter)
    try machine.show(ledger, timings: reporter.timings, folder: RunFolder(path: output))
  }
}

/// The settings of token shards, as commands name them.
enum ShardOwner: SettingOwner {
  static let name = "shards"
  static let subject = "how shards are made"
  static let example = "beginning-of-document=<s>"
  static let inputFormatOption = "input-format"
}
