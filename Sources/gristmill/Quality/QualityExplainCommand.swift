import ArgumentParser
import ByteKernels
import Pipelines
import QualityModel

/// `gristmill quality explain`: which terms moved a score most.
struct QualityExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show the terms that moved a document's score most.",
    discussion: """
        gristmill quality explain --model model web.jsonl --id page-17
      """)

  @OptionGroup var model: ModelOptions

  @Argument(help: "Input files or patterns; - is standard input.")
  var input: [String]

  @Option(help: "The document; without it all are explained.")
  var id: String?

  @Option(help: "Terms to show.")
  var top = 20

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if top < 1 { throw ValidationError("--top must be at least 1.") }
  }

  mutating func run() throws {
    let source = try reading.source(of: input, observer: RunReporter(quiet: machine.quiet))
    let isJSON = machine.json
    try QualityExplaining.run(source, model: try model.load(), id: id, limit: top) {
      let text = isJSON ? QualityExplaining.json(id: $0, $1) : Self.table(id: $0, $1)
      Terminal.write(text + "\n", to: .output)
    }
    try machine.finish(source.ledger, source.failures, printing: false)
  }

  private static func table(id: String, _ explanation: ScoreExplanation) -> String {
    var table = TextTable(header: ["term", "times", "adds to the log odds"])
    for term in explanation.terms {
      table.append([
        term.texts.map { $0.debugDescription }.joined(separator: " or "), "\(term.count)",
        (term.contribution < 0 ? "-" : "+") + Words.decimal(abs(term.contribution), 4),
      ])
    }
    return "\(id): score \(Words.decimal(explanation.score, 5)), log odds "
      + "\(explanation.margin < 0 ? "-" : "+")\(Words.decimal(abs(explanation.margin), 4)), "
      + "\(explanation.intercept < 0 ? "-" : "+")\(Words.decimal(abs(explanation.intercept), 4)) "
      + "of them without any term; \(Words.count(explanation.termCount)) terms\n" + table.text
  }
}
