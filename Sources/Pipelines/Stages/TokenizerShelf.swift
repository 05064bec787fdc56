internal import Synchronization
internal import Tokenization

/// The tokenizer of a run, read once and shared by the tasks of this process.
///
/// Its tables take a third of a second to build, which every small shard would pay anew.
final class TokenizerShelf: Sendable {
  private let loaded = Mutex<(path: String, checksum: String, tokenizer: Tokenizer)?>(nil)

  /// The tokenizer in a file whose content hashes to `checksum`.
  func tokenizer(at path: String, checksum: String) throws -> Tokenizer {
    try loaded.withLock { loaded in
      if let loaded, loaded.path == path, loaded.checksum == checksum { return loaded.tokenizer }
      guard Hexadecimal.digits(try Fingerprint.whole(path)) == checksum else {
        throw RunError(
          path: path,
          message: "changed since it was written; remove this file and run the same command again")
      }
      let tokenizer = try Tokenizer(contentsOf: path)
      loaded = (path, checksum, tokenizer)
      return tokenizer
    }
  }
}
