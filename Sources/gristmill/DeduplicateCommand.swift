import ArgumentParser
import Deduplication
import Pipelines

/// `gristmill deduplicate`: the one stage alone.
struct DeduplicateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deduplicate",
    abstract: "Remove exact and near duplicates; run it again to resume.",
    discussion: """
      Writes documents/ (the survivors), removed.jsonl and clusters.jsonl.

        gristmill deduplicate 'web/*.jsonl.zst' --output unique --keep longest
      """)

  @Argument(help: "Input files or patterns, or - for standard input, which is kept in the folder.")
  var input: [String]

  @Option(help: "The folder to write; made when it is not there.")
  var output: String

  @Flag(help: "Write removed.jsonl and clusters.jsonl, and no documents.")
  var listsOnly = false

  @OptionGroup var deduplication: DeduplicationOptions
  @OptionGroup var reading: OwnReadingOptions<DeduplicationOwner>
  @OptionGroup var machine: MachineOptions

  mutating func run() async throws {
    let reporter = RunReporter(quiet: machine.quiet)
    let ledger = try await Deduplicating.run(
      input, reading: try reading.settings,
      settings: try deduplication.settings(reading.ownOverrides),
      seed: deduplication.seed, listsOnly: listsOnly, to: output, workerCount: machine.workerCount,
      memoryByteCount: machine.memory.byteCount,
      observer: reporter)
    let folder = RunFolder(path: output)
    try machine.show(ledger, timings: reporter.timings, folder: folder)
  }
}
