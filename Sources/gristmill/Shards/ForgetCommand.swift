import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill forget`: documents out of finished shards.
struct ForgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Take documents out of finished token shards, and leave a receipt.",
    discussion: """
      Only shards that hold something asked for are written anew; indices, shards.json and the data card \
      follow. What stays keeps its place; where sequences have a fixed length, padding takes the room. \
      Killed, the same command goes on. Exit status: 0 done, 1 nothing found.

        gristmill forget --id urn:uuid:8c8f45d7-bdc2-5d4f-9107-1e9132888721 packed
        gristmill forget --match '*.example.com' --match 'example.org/private/*' packed --dry-run
      """)

  @Option(help: "The id of a document; may be given several times.")
  var id: [String] = []

  @Option(help: "The URL of documents, exactly; may be given several times.")
  var url: [String] = []

  @Option(
    help: """
      A pattern with * for any characters and ? for one, which must fit all of the id, the URL, the URL \
      without its scheme, or its host, this in any case; may be given several times. '*.example.com' \
      does not fit example.com itself: give both.
      """)
  var match: [String] = []

  @Argument(help: "The folder of the shards, or of the run that made them.")
  var folder: String

  @Option(help: "Words for the receipt, such as who asked and when.")
  var note: String?

  @Flag(help: "Only say what would be taken out.")
  var dryRun = false

  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if id.isEmpty, url.isEmpty, match.isEmpty {
      throw ValidationError("Say what to forget: --id, --url or --match.")
    }
    if (id + url + match).contains(where: \.isEmpty) {
      throw ValidationError("--id, --url and --match must not be empty.")
    }
  }

  mutating func run() async throws {
    let request = ForgetRequest(ids: id, urls: url, patterns: match, note: note)
    let forgetting = try Forgetting(folder)
    let reporter = RunReporter(quiet: machine.quiet)
    let report =
      dryRun
      ? try await forgetting.search(request, workerCount: machine.workerCount, observer: reporter)
      : try await forgetting.run(request, workerCount: machine.workerCount, observer: reporter)
    if machine.json {
      Terminal.write(report.json + "\n", to: .output)
    } else if !machine.quiet {
      Terminal.write(words(report), to: .output)
    }
    if report.documentCount == 0 {
      if machine.json || machine.quiet { throw ExitCode(1) }
      Terminal.write("Nothing was found, and nothing has changed.\n", to: .error)
      throw ExitCode(1)
    }
  }

  private func words(_ report: Forgetting.Report) -> String {
    if report.documentCount == 0 { return "" }
    let documents = "\(Words.count(report.documentCount)) documents"
    let shards = "\(Words.count(report.shardCount)) shards"
    guard let tokens = report.tokenCount, let receipt = report.receipt else {
      return "\(documents) in \(shards) would be taken out\n"
    }
    var text = "\(documents) of \(Words.count(tokens)) tokens taken out of \(shards)\n"
    text += "receipt: \(receipt)\n"
    if !report.textPlaces.isEmpty {
      text += "Their text or its tokens still stand where the shards were made of them:\n"
      for place in report.textPlaces { text += "  \(place)\n" }
      text += "Take them out of the inputs first: a run makes removed folders anew from these.\n"
    }
    return text
  }
}
