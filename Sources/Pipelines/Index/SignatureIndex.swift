internal import Deduplication
internal import TextAnalysis

/// What an index of signatures holds: the documents that were kept of dump after dump.
struct SignatureIndex: Codable, Equatable {
  /// The documents that one run added; never changed.
  struct Dump: Codable, Sendable, Equatable {
    /// The identity of the run's plan, and the name of the dump's folder.
    let name: String
    let shardCount: Int
    let documentCount: Int
    /// XXH64 of `DumpFiles` as written, in hexadecimal.
    let checksum: String
  }

  /// The version of this layout.
  let format: Int
  let seed: Int
  /// Those that show in signatures, by name, as a pipeline file writes them.
  let settings: [String: String]
  /// In the order in which they were added.
  var dumps: [Dump]

  static let currentFormat = 1

  /// An index without documents.
  init(_ settings: DeduplicationSettings, seed: Int) {
    format = Self.currentFormat
    self.seed = seed
    self.settings = settings.signatureSettings.mapValues(\.yaml)
    dumps = []
  }

  /// What no run can have written; nil when all is as it should be.
  var fault: String? {
    var names: Set<String> = []
    var shardCount = 0
    for dump in dumps {
      guard Hexadecimal.isIdentity(dump.name) else { return "a dump has the name '\(dump.name)'" }
      guard names.insert(dump.name).inserted else { return "dump \(dump.name) is there twice" }
      guard (0...Self.mostShards).contains(dump.shardCount), dump.documentCount >= 0 else {
        return "dump \(dump.name) has \(dump.shardCount) shards, \(dump.documentCount) documents"
      }
      shardCount += dump.shardCount
      guard shardCount <= Self.mostShards else { return "it has over \(Self.mostShards) shards" }
    }
    return nil
  }

  private static let mostShards = Int(UInt32.max)

  /// What makes the index useless under other settings or another seed; nil when it can be used.
  func difference(from wanted: SignatureIndex) -> String? {
    if seed != wanted.seed { return "seed \(seed), not \(wanted.seed)" }
    for name in Set(settings.keys).union(wanted.settings.keys).sorted() {
      let (its, ours) = (settings[name] ?? "none", wanted.settings[name] ?? "none")
      if its != ours { return "\(name) \(its), not \(ours)" }
    }
    return nil
  }
}

/// The files of one dump in its folder.
struct DumpFiles: Codable, Equatable {
  struct File: Codable, Equatable {
    let name: String
    let byteCount: Int
    /// XXH64, in hexadecimal.
    let checksum: String
  }

  let files: [File]
}
