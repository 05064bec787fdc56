internal import Synchronization
internal import TextAnalysis
internal import Tokenization

/// The tokenizer of a run, read once and shared by the tasks of this process.
///
/// Its tables take a third of a second to build, which every small shard would pay anew.
final class TokenizerShelf: Sendable {
  private let loaded = Mutex<(path: String, checksum: String, tokenizer: Tokenizer)?>(nil)

  /// The tokenizer of a pipeline and the file it comes from: the one the pipeline names, as it is, or
  /// the one that the run has trained.
  func tokenizer(of context: TaskContext) throws -> (tokenizer: Tokenizer, path: String) {
    if let settings = context.pipeline.tokenizer, let file = settings.file {
      // The plan holds the file's checksum and has been verified.
      return (
        try tokenizer(at: file.path, checksum: context.plan.identity, settings.filePattern),
        file.path
      )
    }
    let output = try TokenizerStage.output(context)
    let path = "\(context.folder.path)/\(output.path)"
    let tokenizer = try tokenizer(at: path, checksum: output.checksum, nil) {
      guard Hexadecimal.digits(try Fingerprint.whole(path)) == output.checksum else {
        throw RunError(
          path: path,
          message: "changed since it was written; remove this file and run the same command again")
      }
    }
    return (tokenizer, path)
  }

  private func tokenizer(
    at path: String, checksum: String, _ pattern: SplitPattern?, check: () throws -> Void = {}
  ) throws -> Tokenizer {
    try loaded.withLock { loaded in
      if let loaded, loaded.path == path, loaded.checksum == checksum { return loaded.tokenizer }
      try check()
      let tokenizer = try Tokenizer(contentsOf: path, pattern: pattern)
      loaded = (path, checksum, tokenizer)
      return tokenizer
    }
  }
}
