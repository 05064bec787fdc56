internal import ByteKernels
internal import Packing

extension ShardSet {
  /// Above what any set comes to, and small enough for sums.
  private static let largestSum = 1 << 60

  /// Refuses a description that no packing writes: files that stand outside of the set's folder, or
  /// twice, and numbers that no shard has.
  func validate(at path: String) throws(RunError) {
    guard version == Self.currentVersion else {
      throw RunError(
        path: path,
        message:
          "version \(version) of this file is unknown; version \(Self.currentVersion) is read")
    }
    guard (1...Int(Int32.max)).contains(vocabularySize) else {
      throw Self.fault(path, "a vocabulary of \(vocabularySize) ids cannot be")
    }
    guard (0..<Self.largestSum).contains(sequenceLength) else {
      throw Self.fault(path, "sequences of \(sequenceLength) tokens cannot be")
    }
    try validateNames(at: path)
    try validateCounts(at: path)
  }

  private func validateNames(at path: String) throws(RunError) {
    var names: Set<String> = []
    for shard in shards {
      guard shard.name.isPlainPath, names.insert(shard.name).inserted else {
        throw Self.fault(path, "'\(shard.name)' names no shard of this folder, or one twice")
      }
      guard SplitPart(rawValue: shard.part) != nil else {
        throw Self.fault(path, "the part '\(shard.part)' of \(shard.name) is unknown")
      }
    }
    var files: Set<String> = []
    for (name, file) in shards.flatMap({ shard in shard.files.map { (shard.name, $0.path) } })
      + self.files.map({ ("", $0.path) })
    {
      guard file.isPlainPath, file.hasPrefix(name), files.insert(file).inserted else {
        throw Self.fault(
          path,
          "'\(file)' is no file of \(name.isEmpty ? "this folder" : name), or stands here twice")
      }
    }
  }

  private func validateCounts(at path: String) throws(RunError) {
    var sums = [0, 0, 0, 0, 0]
    for shard in shards {
      let bytes = shard.files.map(\.bytes)
      guard bytes.count < 1 << 20, bytes.allSatisfy((0..<Self.largestSum >> 20).contains) else {
        throw Self.fault(path, "the sizes of the files of \(shard.name) cannot be")
      }
      let counts = [
        shard.sequences, shard.tokens, shard.padding, shard.documents, bytes.reduce(0, +),
      ]
      for (place, count) in counts.enumerated() {
        guard (0..<Self.largestSum).contains(count) else {
          throw Self.fault(path, "\(count) of anything in \(shard.name) cannot be")
        }
        sums[place] += count
        guard sums[place] < Self.largestSum else {
          throw Self.fault(path, "the counts up to \(shard.name) add up to what cannot be")
        }
      }
    }
  }

  private static func fault(_ path: String, _ message: String) -> RunError {
    RunError(path: path, message: "\(message); it was damaged, or no packing wrote it")
  }
}

extension String {
  /// True for a path that stays below the folder it is seen from and leads into nothing hidden there.
  var isPlainPath: Bool {
    !utf8.contains(0)
      && utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
        $0.first.map { $0 != UInt8(ascii: ".") } ?? false
      }
  }
}
