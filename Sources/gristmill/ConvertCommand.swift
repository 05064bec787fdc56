import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill convert`: documents of any format as JSON lines.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Read documents of any format and write them as JSON lines.",
    discussion: """
      Text is decoded to UTF-8; markup is kept. Compression goes by the output's name.

        gristmill convert 'crawl/*.warc.gz' --output pages.jsonl.zst
      """)

  @Argument(help: "Input files or patterns; - is standard input.")
  var input: [String]

  @Option(help: "The file to write: .jsonl, .jsonl.gz or .jsonl.zst; - is standard output.")
  var output: String

  @OptionGroup var fields: FieldOptions
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    let endings = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".json"]
    let isDevice = output == "-" || output.hasPrefix("/dev/")
    if !isDevice, !endings.contains(where: output.hasSuffix) {
      throw ValidationError(
        "--output \(output): documents are written as .jsonl, .jsonl.gz or .jsonl.zst.")
    }
  }

  mutating func run() throws {
    let source = try fields.source(of: input, observer: RunReporter(quiet: machine.quiet))
    try Conversion.run(source, to: output)
    try machine.finish(source.ledger, source.failures)
  }
}

extension MachineOptions {
  /// Ends a command that read documents.
  ///
  /// What was lost goes to standard error, and a shard with losses makes the exit status 1. With
  /// `--json` the ledger is the result, unless the command has printed another.
  func finish(
    _ ledger: StageLedger, _ failures: [Manifest.Failure], printing: Bool = true
  ) throws {
    if json, printing { Terminal.write(try ledger.json(), to: .output) }
    if !quiet, ledger.failedTotal.documents > 0 {
      for (cause, tally) in ledger.failed.sorted(by: { $0.key < $1.key }) {
        ProgressLine.shared.write("failed: \(cause): \(Words.count(tally.documents)) records")
      }
    }
    if !ledger.imbalances.isEmpty {
      for fault in ledger.imbalances { ProgressLine.shared.write("does not balance: \(fault)") }
      throw ExitCode(1)
    }
    if !failures.isEmpty { throw ExitCode(1) }
  }
}
