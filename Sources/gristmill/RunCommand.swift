import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill run`: the main job.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a pipeline over a crawl; run it again to resume.",
    discussion: """
      Output depends on input, pipeline file and seed alone: not on workers, memory or kills.

        gristmill run Pipelines/crawl.yaml --input 'crawl/*.warc.gz' --output out
        gristmill run Pipelines/crawl.yaml --input *.jsonl.zst --output out --workers 8 --memory 16G
        gristmill run Pipelines/crawl.yaml --input web.jsonl --output out --set tokenizer.vocabulary-size=8192
      """)

  @OptionGroup var options: PipelineOptions
  @OptionGroup var machine: MachineOptions

  @Option(parsing: .upToNextOption, help: "Input files or patterns.")
  var input: [String]

  @Option(help: "The folder of the run; made when it is not there.")
  var output: String

  @Option(help: "What launches the tasks: the worker threads of this process.")
  var engine = Engine.local

  mutating func run() async throws {
    let pipeline = try options.resolve()
    let plan = try Planner.plan(pipeline, inputs: input)
    let folder = RunFolder(path: output)
    let reporter = RunReporter(quiet: machine.quiet)
    let driver = try Driver(
      plan: plan, folder: folder, workerCount: machine.workerCount,
      memoryByteCount: machine.memory.byteCount, observer: reporter)
    let ledger = try await driver.run()
    try machine.show(ledger, timings: reporter.timings, folder: folder)
  }
}

/// A launcher of a plan's tasks.
enum Engine: String, ExpressibleByArgument, CaseIterable {
  case local
}

extension MachineOptions {
  /// Ends a run: the summary or the ledger on standard output, and status 1 when something failed.
  func show(_ ledger: RunLedger, timings: [StageTiming], folder: RunFolder) throws {
    if json {
      Terminal.write(try ledger.json(), to: .output)
    } else if !quiet {
      let summary = RunSummary(ledger: ledger, timings: timings, folder: folder)
      Terminal.write("\n" + summary.text, to: .output)
    }
    if !ledger.balanced || !ledger.failures.isEmpty { throw ExitCode(1) }
  }
}
