import FoundationEssentials
import Testing

/// What `gristmill convert --to --json` prints.
struct ShardConversionReport: Decodable {
  let tokensIn: Int
  let tokensOut: Int
  let padding: Int
  let sequences: Int
  let documents: Int
  let emptySequences: Int

  /// Converts a set, which must keep every token.
  @discardableResult
  static func convert(
    _ input: String, _ format: String, _ output: String, _ options: [String] = []
  ) throws -> Self {
    let run = try Command.run(
      ["convert", input, "--to", format, "--output", output, "--json", "--quiet"] + options)
    #expect(run.status == 0, "\(format): \(run.errors)")
    let report = try JSONDecoder().decode(Self.self, from: Data(run.output.utf8))
    #expect(report.tokensIn == report.tokensOut && report.tokensIn > 0, "\(format)")
    return report
  }
}
