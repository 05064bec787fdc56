import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill check`: what a pipeline file means, without running it.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validate a pipeline file; print it with every default, and the plan.",
    discussion: """
        gristmill check Pipelines/crawl.yaml
        gristmill check Pipelines/crawl.yaml --input 'crawl/*.warc.gz'
      """)

  @OptionGroup var options: PipelineOptions

  @Option(parsing: .upToNextOption, help: "Input files or patterns, to see the plan for them.")
  var input: [String] = []

  mutating func run() throws {
    let pipeline = try options.resolve()
    Terminal.write(pipeline.resolvedText, to: .output)
    if let settings = pipeline.deduplicate {
      let expectations = DuplicateExpectations(settings: settings).text
      if !expectations.isEmpty { Terminal.write("\n\(expectations)", to: .output) }
    }
    guard !input.isEmpty else { return }
    let plan = try Planner.plan(pipeline, inputs: input)
    var table = TextTable(header: ["stage", "tasks"])
    for stage in plan.stages { table.append([stage.name, Words.count(stage.taskCount)]) }
    let byteCount = plan.inputs.reduce(0) { $0 + $1.byteCount }
    let inputs = "\(Words.count(plan.inputs.count)) inputs, \(Words.bytes(byteCount)) as stored"
    Terminal.write("\n\(table.text)\n\(inputs)\nplan: \(plan.identity)\n", to: .output)
    for input in plan.inputs {
      if let failure = input.failure { Terminal.write("cannot be read: \(failure)\n", to: .output) }
      if let obstacle = input.obstacleToCuts {
        Terminal.write("cannot be cut: \(input.path): \(obstacle)\n", to: .output)
      }
    }
  }
}
