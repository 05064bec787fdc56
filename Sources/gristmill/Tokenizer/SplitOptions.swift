import ArgumentParser
import Tokenization

/// How a tokenizer's file is read when it does not say everything.
struct SplitOptions: ParsableArguments {
  @Option(
    help: """
      How text is split, for a .tiktoken file whose name does not tell; \
      \(SplitPattern.expectation).
      """,
    transform: { try SplitPattern(named: $0) })
  var pattern: SplitPattern?

  func load(_ path: String) throws -> Tokenizer {
    try refusing(path) { try Tokenizer(contentsOf: path, pattern: pattern) }
  }
}

/// What an option that names a tokenizer takes.
enum TokenizerPath {
  static let help: ArgumentHelp =
    "A tokenizer.json, .tiktoken or .model file, or a folder that holds one."

  /// The files that a path may mean, when it is a file and when it is a folder.
  static func files(_ path: String) -> [String] {
    let names = [
      "tokenizer.json", "tokenizer_config.json", "tokenizer.model", "vocab.json", "merges.txt",
      "encoder.json", "vocab.bpe",
    ]
    return [path] + names.map { "\(path)/\($0)" }
  }
}
