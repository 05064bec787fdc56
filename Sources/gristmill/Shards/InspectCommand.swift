import ArgumentParser
import ByteKernels
import Pipelines
import Tokenization

/// `gristmill inspect`: what a file or folder holds.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a set of shards, a shard, a ledger or a file of documents holds.",
    discussion: """
      Of shards: format, counts, lengths, padding and the first sequences, decoded when the tokenizer \
      stands beside them or is named. Of documents: the first of them.

        gristmill inspect packed
        gristmill inspect theirs/corpus.idx --tokenizer gpt2/tokenizer.json --sequence 1000 --count 1
        gristmill inspect out/curate/00000.jsonl.zst
      """)

  @Argument(help: "The folder of a run or of shards, any file of a shard, or a file of documents.")
  var path: String

  @Option(help: "The first sequence or document shown, from 0; in a set over all its shards.")
  var sequence = 0

  @Option(help: "How many sequences or documents are shown.")
  var count = 3

  @Option(help: TokenizerPath.help)
  var tokenizer: String?

  @OptionGroup var split: SplitOptions

  @Option(help: "The id that ends every document, for formats that do not tell.")
  var endOfDocument: UInt32?

  @Option(help: "Bytes of a token, 2 or 4, for formats that do not tell.")
  var tokenBytes: Int?

  @OptionGroup var machine: MachineOptions

  func validate() throws {
    if sequence < 0 || count < 0 {
      throw ValidationError("--sequence and --count must be at least 0.")
    }
    if let tokenBytes, ![2, 4].contains(tokenBytes) {
      throw ValidationError("--token-bytes must be 2 or 4.")
    }
  }

  mutating func run() throws {
    guard let status = FileSystem.status(path) ?? shardStatus else {
      throw PipelineError(file: path, message: "is not there")
    }
    var options = ShardInspection.Options()
    options.tokenizer = try tokenizer.map(split.load)
    options.endOfDocument = endOfDocument
    options.tokenByteCount = tokenBytes
    options.sequence = sequence
    options.count = count
    if let shards = try ShardInspection(path, options) {
      Terminal.write(machine.json ? shards.json + "\n" : shards.words, to: .output)
    } else if status.isDirectory {
      try showLedger(of: path)
    } else if FileSystem.baseName(path) == FileSystem.baseName(RunFolder(path: ".").ledgerPath) {
      try showLedger(of: "\(path)/..")
    } else {
      let lines = DocumentInspection.lines(
        path, skipping: sequence, count: count, asJSON: machine.json)
      for line in lines { Terminal.write(line, to: .output) }
    }
  }

  /// What stands at a path that is the beginning of a shard's names.
  private var shardStatus: FileSystem.Status? {
    FileSystem.expand("\(path).*").first.flatMap(FileSystem.status)
  }

  private func showLedger(of folder: String) throws {
    guard let ledger = try RunFolder(path: folder).ledger() else {
      throw PipelineError(
        file: path,
        message: "holds neither shards with a shards.json nor a run; name one of its files")
    }
    Terminal.write(try ledger.json(), to: .output)
  }
}
