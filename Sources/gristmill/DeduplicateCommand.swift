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

  @Argument(help: "Input files or patterns.")
  var input: [String]

  @Option(help: "The folder to write; made when it is not there.")
  var output: String

  @Option(help: "Words in a shingle.")
  var shingle: Int?

  @Option(help: "Bands of the signature.")
  var bands: Int?

  @Option(help: "Min-hashes in a band.")
  var rows: Int?

  @Option(help: "Which copy stays: first, longest or score.")
  var keep: KeepRule?

  @Option(help: "Every random choice derives from it.")
  var seed = 0

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if seed < 0 { throw ValidationError("--seed must be at least 0.") }
  }

  mutating func run() async throws {
    var settings = DeduplicationSettings()
    if let shingle { settings.shingleWords = shingle }
    if let bands { settings.bands = bands }
    if let rows { settings.rows = rows }
    if let keep { settings.keep = keep }
    let reporter = RunReporter(quiet: machine.quiet)
    let ledger = try await Deduplicating.run(
      input, reading: try reading.settings, settings: settings, seed: seed, to: output,
      workerCount: machine.workerCount, memoryByteCount: machine.memory.byteCount,
      observer: reporter)
    let folder = RunFolder(path: output)
    try machine.show(ledger, timings: reporter.timings, folder: folder)
  }
}

extension KeepRule: ExpressibleByArgument {}
