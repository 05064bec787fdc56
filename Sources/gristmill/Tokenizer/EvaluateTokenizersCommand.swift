import ArgumentParser
import ByteKernels
import Pipelines
import Tokenization

/// `gristmill tokenizer evaluate`: how well vocabularies fit texts.
struct EvaluateTokenizersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Judge tokenizers side by side on documents.",
    discussion: """
      Prints bytes a token and tokens a word, in all and by language and source; tokens never used; \
      documents that do not come back from their ids; and, for vocabularies made of merges, what \
      smaller ones would make of the same text, with advice on the size.

        gristmill tokenizer evaluate --tokenizer tokenizer --tokenizer o200k_base.tiktoken web.jsonl.zst
      """)

  @Option(
    help: """
      A tokenizer: tokenizer.json, .tiktoken, .model, or a folder that holds one; may be repeated, \
      and the others are held against the first.
      """)
  var tokenizer: [String]

  @Argument(help: "Input files or patterns; - is standard input.")
  var input: [String]

  @OptionGroup var split: SplitOptions

  @Option(
    help: """
      A field to give figures by: source, or a member of the metadata; may be repeated. Default: \
      language and source.
      """)
  var by: [String] = []

  @Option(
    help: "A folder for pictures (SVG): bytes a token by vocabulary size, tokens a word by field.")
  var plots: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if tokenizer.isEmpty { throw ValidationError("Missing --tokenizer: name one or more.") }
    if plots?.isEmpty == true { throw ValidationError("--plots names no folder.") }
  }

  mutating func run() async throws {
    let report = try await TokenizerJudging.run(
      input, reading: try reading.settings,
      tokenizers: try zip(Self.names(tokenizer), tokenizer).map {
        (name: $0, tokenizer: try split.load($1))
      },
      fields: by.isEmpty ? ["language", "source"] : by, workerCount: machine.workerCount,
      memoryByteCount: machine.memory.byteCount, observer: RunReporter(quiet: machine.quiet))
    let judgement = report.judgement
    Terminal.write(machine.json ? judgement.json + "\n" : judgement.table, to: .output)
    if let plots { try PlotFolder.write(judgement.plots, to: plots) }
    try machine.finish(report.ledger, report.failures, printing: false)
  }

  /// The last part of each path that tells a file from the others: the folder's name for files that
  /// are all called the same.
  static func names(_ paths: [String]) -> [String] {
    let parts = paths.map { $0.split(separator: "/").map(String.init) }
    let plain = parts.map { path in
      let last = path.last ?? ""
      let isUsual = ["tokenizer.json", "tokenizer.model", "tokenizer.tiktoken"].contains(last)
      return isUsual && path.count > 1 ? path[path.count - 2] : last
    }
    return zip(plain, paths).map { name, path in
      plain.count { $0 == name } > 1 || name.isEmpty ? path : name
    }
  }
}
