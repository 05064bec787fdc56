import ArgumentParser
import ByteKernels
import Pipelines

/// `gristmill verify`: whether shards are sound.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check token shards, ours or others', and name the first fault.",
    discussion: """
      Of a set with shards.json everything is checked: every file by its digest, sizes and indices, ids \
      against the vocabulary, ends of documents, padding, provenance, shards that are missing, foreign \
      or there twice, and a sample of documents by decoding and encoding them again. Of other shards \
      what their format tells, and what is said here. Exit status: 0 sound, 1 not.

        gristmill verify packed
        gristmill verify theirs/*.idx --tokenizer gpt2/tokenizer.json --end-of-document 50256
      """)

  @Argument(help: "Folders with shards, or shards: any of their files.")
  var path: [String]

  @Option(help: TokenizerPath.help)
  var tokenizer: String?

  @OptionGroup var split: SplitOptions

  @Option(help: "One more than the largest id. Default: as the set or the tokenizer has it.")
  var vocabularySize: Int?

  @Option(help: "The id that ends every document. Default: as the set has it.")
  var endOfDocument: UInt32?

  @Option(help: "Bytes of a token, 2 or 4, for formats that do not tell.")
  var tokenBytes: Int?

  @Flag(help: "Decode every document and encode it again, not a sample.")
  var all = false

  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if let tokenBytes, ![2, 4].contains(tokenBytes) {
      throw ValidationError("--token-bytes must be 2 or 4.")
    }
  }

  mutating func run() async throws {
    var options = ShardVerification.Options()
    options.tokenizer = try tokenizer.map(split.load)
    options.vocabularySize = vocabularySize
    options.endOfDocument = endOfDocument
    options.tokenByteCount = tokenBytes
    options.triesAllDocuments = all
    let report = try await ShardVerification.run(
      path, options, workerCount: machine.workerCount, observer: RunReporter(quiet: machine.quiet))
    if machine.json {
      Terminal.write(report.json + "\n", to: .output)
    } else if !machine.quiet || !report.faults.isEmpty {
      Terminal.write(report.words, to: .output)
    }
    if !report.faults.isEmpty { throw ExitCode(1) }
  }
}
