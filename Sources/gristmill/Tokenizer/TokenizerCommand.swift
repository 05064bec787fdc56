import ArgumentParser

/// `gristmill tokenizer`: train and use a tokenizer, without a run around it.
struct TokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizer", abstract: "Train a tokenizer, or encode with one.",
    subcommands: [TrainTokenizerCommand.self, EncodeCommand.self])
}
