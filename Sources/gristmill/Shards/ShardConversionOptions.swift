import ArgumentParser
import ByteKernels
import Packing
import Pipelines

/// How `gristmill convert` writes token shards in another format.
struct ShardConversionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The inputs are token shards; write them in this format: "
        + "\(TokenShardFormat.allCases.map(\.rawValue).joined(separator: ", "))."))
  var to: TokenShardFormat?

  @Option(
    help:
      "Pack documents anew, end to end, into sequences of so many tokens. Default: keep sequences.")
  var sequenceLength: Int?

  @Option(help: "Bytes of a token, 2 or 4, for shards that do not tell.")
  var tokenBytes: Int?

  @Option(help: "The id that ends every document, for shards that do not tell.")
  var endOfDocument: UInt32?

  @Option(
    help: "One more than the largest id. Default: as the set has it, else by the ids there are.")
  var vocabularySize: Int?

  /// Memory for the buffers of a shard that is read and of one that is written.
  private static let workerByteCount = 64 << 20

  func validate() throws {
    let given: [(String, Bool)] = [
      ("sequence-length", sequenceLength != nil), ("token-bytes", tokenBytes != nil),
      ("end-of-document", endOfDocument != nil), ("vocabulary-size", vocabularySize != nil),
    ]
    if to == nil, let first = given.first(where: \.1) {
      throw ValidationError("--\(first.0) is for token shards; say with --to in which format.")
    }
    if let tokenBytes, ![2, 4].contains(tokenBytes) {
      throw ValidationError("--token-bytes must be 2 or 4.")
    }
    if let sequenceLength, !(2...1 << 24).contains(sequenceLength) {
      throw ValidationError("--sequence-length must be from 2 to \(1 << 24).")
    }
    if let vocabularySize, !(1...Int(Int32.max)).contains(vocabularySize) {
      throw ValidationError("--vocabulary-size must be from 1 to \(Int32.max).")
    }
  }

  /// Converts, and says that the tokens that came in went out.
  func convert(
    _ input: [String], to format: TokenShardFormat, output: String, _ machine: MachineOptions
  ) async throws {
    var settings = TokenShardConversion.Settings(output: output, format: format)
    settings.sequenceLength = sequenceLength
    settings.tokenByteCount = tokenBytes
    settings.endOfDocument = endOfDocument
    settings.vocabularySize = vocabularySize
    let affordable = machine.memory.byteCount / Self.workerByteCount
    settings.workerCount = min(machine.workerCount, max(1, affordable))
    let report = try await TokenShardConversion.run(
      input, settings, observer: RunReporter(quiet: machine.quiet))
    if machine.json {
      Terminal.write(try report.json, to: .output)
    } else if !machine.quiet {
      ProgressLine.shared.write(
        "\(Words.count(report.tokensIn)) tokens in, \(Words.count(report.tokensOut)) tokens out and "
          + "\(Words.count(report.padding)) of padding, in \(Words.count(report.sequences)) sequences "
          + "of \(Words.count(report.documents)) documents, \(Words.count(report.shards)) shards: "
          + report.path)
      if report.emptySequences > 0 {
        ProgressLine.shared.write(
          "\(Words.count(report.emptySequences)) sequences without a token were left out")
      }
    }
    if !report.isBalanced {
      ProgressLine.shared.write("does not balance: tokens were lost or came twice")
      throw ExitCode(1)
    }
  }
}
