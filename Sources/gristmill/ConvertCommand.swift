import ArgumentParser
import ByteKernels
import Documents
import Pipelines

/// `gristmill convert`: documents of any format in another.
struct ConvertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write documents, or token shards, in another format.",
    discussion: """
      Text is decoded to UTF-8; markup is kept. Format and compression go by the output's name:
      JSON lines hold everything a document has, .txt its text alone.

        gristmill convert 'crawl/*.warc.gz' --output pages.jsonl.zst
        gristmill convert books.tsv notes.csv --text-field body --output books.jsonl
        gristmill convert 'crawl/*.warc.gz' --output pages/ --output-ending .jsonl.gz
        gristmill convert web.jsonl.zst --output web.txt --output-separator '\\n\\n'
        gristmill convert - --output - < web.csv --format csv
        gristmill convert packed --to mds --output as-mds

      Documents keep the order of the inputs, whatever --workers is. A file that is there is replaced
      when its successor is whole.

      With --to, inputs are token shards: one folder that Gristmill has written, or shards of others. \
      Every token comes out again; sequences, documents and loss masks stay as they are, and provenance \
      goes along. The output is a folder that holds nothing yet.
      """)

  @Argument(
    help: "Input files or patterns; - is standard input. With --to, folders of shards, or shards.")
  var input: [String]

  @Option(
    help: """
      The file to write (\(OutputFormat.endings)), or a folder (ends in / or is there) for one \
      file an input; - is standard output.
      """)
  var output: String

  @Option(
    help: """
      Format and compression of the files in a folder (default: .jsonl.zst) or of a pipe or device \
      (default: .jsonl).
      """)
  var outputEnding: String?

  @Option(
    help:
      #"What goes behind each document of .txt; --text-unit separator reads it. Default: \n\u001E\n"#
  )
  var outputSeparator: String?

  @OptionGroup(title: "Token shards") var shards: ShardConversionOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if shards.to == nil { return }
    let given =
      outputEnding != nil
      ? "output-ending" : outputSeparator != nil ? "output-separator" : reading.firstGiven
    if let given {
      throw ValidationError("--\(given) is for documents; with --to inputs are token shards.")
    }
    if output == "-" || input.contains("-") {
      throw ValidationError("Token shards are files; with --to, - is neither input nor output.")
    }
  }

  mutating func run() async throws {
    if let format = shards.to {
      try await shards.convert(input, to: format, output: output, machine)
    } else {
      try await convertDocuments()
    }
  }

  private func convertDocuments() async throws {
    var settings = Conversion.Settings(output: output)
    settings.ending = outputEnding
    settings.separator = outputSeparator
    settings.workerCount = machine.workerCount
    let report = try await Conversion.run(
      input, reading: try reading.settings, settings, observer: RunReporter(quiet: machine.quiet))
    let splitCount = report.ledger.repaired["texts-that-hold-the-separator"] ?? 0
    if splitCount > 0, !machine.quiet {
      ProgressLine.shared.write(
        "\(Words.count(splitCount)) texts hold the separator and will be read back in pieces; "
          + "choose another --output-separator")
    }
    try machine.finish(report.ledger, report.failures)
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
