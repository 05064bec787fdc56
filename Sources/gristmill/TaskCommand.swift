import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill task`: one task of a plan, alone, for launchers other than `run`.
struct TaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "Run one task of a plan; the result is the same as within `run`.",
    discussion: """
      A task of a later stage needs every task of the stages before it to be done. A task that is \
      done already is not run again.

        gristmill task --plan out/plan.json --stage curate --index 3
      """)

  @Option(help: "The plan.json of a run folder.")
  var plan: String

  @Option(help: "The stage, as the plan names it.")
  var stage: String

  @Option(help: "Which task of the stage, from 0.")
  var index: Int

  @OptionGroup var machine: MachineOptions

  mutating func run() throws {
    guard plan.hasSuffix("/plan.json") || plan == "plan.json" else {
      throw ValidationError("--plan names the plan.json of a run folder.")
    }
    let folder = RunFolder(
      path: plan.contains("/") ? String(plan.dropLast("/plan.json".count)) : ".")
    let driver = try Driver(
      plan: try folder.plan(), folder: folder, workerCount: 1,
      memoryByteCount: machine.memory.byteCount, observer: RunReporter(quiet: machine.quiet))
    let manifest = try driver.runTaskAlone(stage: stage, index: index)
    for failure in manifest.failures { Terminal.write("failed: \(failure.message)\n", to: .error) }
    if !manifest.failures.isEmpty { throw ExitCode(1) }
  }
}
