import ArgumentParser
import ByteKernels
import Pipelines
import Tokenization

/// `gristmill tokenizer decode`: token ids back to documents.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Decode a file of token ids to documents.",
    discussion: """
      Reads what 'encode' writes: little-endian 32-bit ids, and from FILE.lengths how many belong to \
      each document. Without that file all ids are one document.

        gristmill tokenizer decode --tokenizer tokenizer/tokenizer.json web.bin --output web.jsonl
      """)

  @Option(help: TokenizerPath.help)
  var tokenizer: String

  @Argument(help: "The file of ids; - is standard input.")
  var ids: String

  @Option(help: "The numbers of ids of each document. Default: FILE.lengths where that is there.")
  var lengths: String?

  @Option(help: "The documents to write, in the format its name tells; - is standard output.")
  var output: String

  @Flag(help: "Leave special tokens out of the text.")
  var skipSpecial = false

  @OptionGroup var split: SplitOptions

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  mutating func run() throws {
    let beside = "\(ids).lengths"
    let found = ids != "-" && FileSystem.status(beside) != nil ? beside : nil
    let numbers = lengths ?? found
    try OutputGuard.check(
      outputs: [output],
      inputs: [ids] + TokenizerPath.files(tokenizer) + [numbers].compactMap { $0 })
    let report = try TokenDecoding.run(
      ids: ids, lengths: numbers, tokenizer: try split.load(tokenizer),
      skippingSpecialTokens: skipSpecial, to: output, observer: RunReporter(quiet: quiet))
    if !quiet {
      let ledger = report.ledger
      ProgressLine.shared.write(
        "\(Words.count(ledger.output.documents)) documents, \(Words.count(report.tokenCount)) "
          + "tokens, \(Words.bytes(ledger.output.bytes))")
      if report.repairedCount > 0 {
        ProgressLine.shared.write(
          "\(Words.count(report.repairedCount)) of them are no UTF-8 as they stand: U+FFFD stands "
            + "where bytes had to be replaced")
      }
    }
    if !report.failures.isEmpty { throw ExitCode(1) }
  }
}
