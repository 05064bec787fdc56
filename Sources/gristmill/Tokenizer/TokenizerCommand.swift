import ArgumentParser

/// `gristmill tokenizer`: train and use a tokenizer, without a run around it.
struct TokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizer", abstract: "Train, use and judge tokenizers.",
    subcommands: [
      TrainTokenizerCommand.self, EncodeCommand.self, DecodeCommand.self,
      EvaluateTokenizersCommand.self, ConvertTokenizerCommand.self,
    ])
}
