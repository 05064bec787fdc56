internal import ByteKernels
internal import Packing

/// A folder with a set of shards that describes itself.
struct ShardSetFolder {
  /// Absolute; what paths in the set are seen from.
  let path: String
  let set: ShardSet

  private static let maximumDepth = 3

  /// The set in a folder: its own, or the one of a run's folder; nil without one.
  init?(at folder: String) throws {
    let folder = FileSystem.absolute(folder)
    for path in [folder, "\(folder)/shards"] {
      if let set = try Self.read(path) {
        (self.path, self.set) = (path, set)
        return
      }
    }
    return nil
  }

  /// The set in the folder of a file, or in one above; nil without one.
  init?(around file: String) throws {
    var folder = FileSystem.absolute(file)[...]
    for _ in 0..<Self.maximumDepth {
      guard let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else { return nil }
      folder = folder[..<slash]
      if let set = try Self.read(String(folder)) {
        (path, self.set) = (String(folder), set)
        return
      }
    }
    return nil
  }

  private static func read(_ folder: String) throws -> ShardSet? {
    let path = "\(folder)/\(ShardSet.fileName)"
    let remedy = "it was damaged, or describes no shards of this program"
    guard let set = try JSONFile.read(ShardSet.self, from: path, remedy: remedy) else {
      return nil
    }
    try set.validate(at: path)
    return set
  }

  func path(of file: ShardSet.File) -> String { FileSystem.absolute("\(path)/\(file.path)") }

  /// The shard that a path leads to: one of its files, or the prefix of all.
  func shard(at path: String) -> ShardSet.Shard? {
    let relative = ShardSet.File.relative(FileSystem.absolute(path), to: self.path)
    return set.shards.first { shard in
      shard.name == relative || shard.files.contains { $0.path == relative }
    }
  }

  /// The tokenizer that stands beside the shards; nil when it is not there any more.
  var tokenizerPath: String? {
    let paths = set.tokenizer.files.map(path(of:)).filter { FileSystem.status($0) != nil }
    return [".json", ".model", ".tiktoken"].lazy.compactMap { ending in
      paths.first { $0.hasSuffix("/tokenizer\(ending)") }
    }.first
  }

  var hints: TokenShardHints {
    TokenShardHints(
      tokenByteCount: set.tokenType.flatMap(TokenType.init)?.byteCount,
      endOfDocument: set.endOfDocument, beginningOfDocument: set.beginningOfDocument,
      sequenceLength: set.sequenceLength > 0 ? set.sequenceLength : nil)
  }
}
