internal import FoundationEssentials
internal import Synchronization
internal import TextAnalysis
internal import Tokenization

/// The tokenizer of a run with its encoders, shared by the tasks of this process.
///
/// Its tables take a third of a second to build, and encoders remember pieces of text: every small
/// shard would pay for both anew.
final class TokenizerShelf: Sendable {
  /// A tokenizer, the file it comes from, and encoders of it.
  struct Loaded: Sendable {
    let tokenizer: Tokenizer
    let path: String
    let encoders: EncoderPool
    /// What the file hashed to, or the plan that vouches for it.
    fileprivate let checksum: String
  }

  private let loaded = Mutex<Loaded?>(nil)

  /// The tokenizer that a pipeline names, as it is, or the one that the run has trained.
  func tokenizer(of context: TaskContext) throws -> Loaded {
    if let settings = context.pipeline.tokenizer, let file = settings.file {
      // The plan holds the file's checksum and has been verified.
      return try load(file.path, context.plan.identity, settings.filePattern, context) {}
    }
    let output = try TokenizerStage.output(context)
    let path = "\(context.folder.path)/\(output.path)"
    return try load(path, output.checksum, nil, context) {
      guard Hexadecimal.digits(try Fingerprint.whole(path)) == output.checksum else {
        throw RunError(
          path: path,
          message: "changed since it was written; remove this file and run the same command again")
      }
    }
  }

  private func load(
    _ path: String, _ checksum: String, _ pattern: SplitPattern?, _ context: TaskContext,
    check: () throws -> Void
  ) throws -> Loaded {
    try loaded.withLock { loaded in
      if let loaded, loaded.path == path, loaded.checksum == checksum { return loaded }
      try check()
      let tokenizer = try Tokenizer(contentsOf: path, pattern: pattern)
      let new = Loaded(
        tokenizer: tokenizer, path: path,
        encoders: EncoderPool(
          tokenizer, encoderCount: ProcessInfo.processInfo.activeProcessorCount,
          cacheByteCount: EncoderCache.byteCount(within: context.memoryByteCount, workerCount: 1)),
        checksum: checksum)
      loaded = new
      return new
    }
  }
}
