import TestSupport
import Testing

/// A small tokenizer that the built program has trained.
enum TrainedTokenizer {
  /// Trains one of 600 entries, `<|endoftext|>` the first; returns its folder.
  static func folder(on input: String, in scratch: ScratchFolder) throws -> String {
    let folder = scratch.path("tokenizer")
    let run = try Command.run([
      "tokenizer", "train", input, "--output", folder, "--vocabulary-size", "600", "--quiet",
    ])
    #expect(run.status == 0, "\(run.errors)")
    return folder
  }
}
