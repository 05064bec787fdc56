internal import ByteKernels
internal import Packing

/// The shards that inputs lead to, by part, and what they have in common.
struct ConvertibleShards {
  /// What the set says, or what a reading of all tokens has found.
  private(set) var set: ShardSet
  /// In order; never empty.
  private(set) var shards: [(part: SplitPart, shard: LocatedShard)] = []
  /// The folder of the set; nil for shards that no set describes.
  private(set) var folder: ShardSetFolder?

  /// Finds the shards of one described set, or any that no set describes.
  init(
    _ paths: [String], _ settings: TokenShardConversion.Settings, observer: any RunObserver
  ) async throws {
    let hints = TokenShardHints(
      tokenByteCount: settings.tokenByteCount, endOfDocument: settings.endOfDocument)
    set = ShardSet.undescribed(hints)
    for path in paths {
      if FileSystem.status(path)?.isDirectory == true {
        try append(folder: path, hints)
      } else {
        let shard = try LocatedShard(path, hints: hints)
        try append(shard, part: shard.entry.flatMap { SplitPart(rawValue: $0.part) })
      }
    }
    let order = SplitPart.allCases
    shards = order.flatMap { part in shards.filter { $0.part == part } }
    if let folder {
      try Self.check(settings, for: folder)
      set = folder.set
      if let size = settings.vocabularySize { set.vocabularySize = size }
    } else {
      try await survey(settings, observer)
    }
  }

  /// Refuses what a set tells itself.
  private static func check(
    _ settings: TokenShardConversion.Settings, for folder: ShardSetFolder
  ) throws {
    let given = [
      ("--token-bytes", settings.tokenByteCount != nil),
      ("--end-of-document", settings.endOfDocument != nil),
    ]
    if let (option, _) = given.first(where: \.1) {
      throw PipelineError(
        file: "\(folder.path)/\(ShardSet.fileName)",
        message: "tells what \(option) is for; convert without \(option)")
    }
  }

  private mutating func append(folder path: String, _ hints: TokenShardHints) throws {
    if let found = try ShardSetFolder(at: path) {
      for entry in found.set.shards {
        try append(LocatedShard(entry, in: found), part: SplitPart(rawValue: entry.part))
      }
      return
    }
    let base = FileSystem.absolute(path)
    let found = FoundShards(below: base)
    if let unread = found.unread.first {
      throw PipelineError(
        file: unread,
        message: "is named as a shard, but cannot be read as one; it was cut short, or does not "
          + "belong into the folder")
    }
    if found.paths.isEmpty {
      throw PipelineError(file: path, message: "holds no token shards of a format that is read")
    }
    for file in found.paths {
      try append(
        LocatedShard(apart: file, hints: hints), part: FoundShards.part(ofFile: file, in: base))
    }
  }

  private mutating func append(_ shard: LocatedShard, part: SplitPart?) throws {
    let isFirst = shards.isEmpty
    if !isFirst, shard.folder?.path != folder?.path {
      throw PipelineError(
        file: shard.path,
        message: "is not of the same set as the shards before it; convert each set by itself")
    }
    folder = shard.folder
    shards.append((part ?? .train, shard))
  }

  /// Reads all tokens to find out what no description tells.
  private mutating func survey(
    _ settings: TokenShardConversion.Settings, _ observer: any RunObserver
  ) async throws {
    let found = try await ShardWork.map(
      shards.map(\.shard), "survey", workerCount: settings.workerCount, observer: observer
    ) { shard, _ in try ShardSurvey(shard) }
    let sum = found.reduce(into: ShardSurvey()) { $0.add($1) }
    // What ends documents fills new sequences up.
    let largest = max(sum.largest, set.padding)
    set.vocabularySize = max(settings.vocabularySize ?? 1, Int(largest) + 1)
    guard set.vocabularySize <= Int(Int32.max) else {
      throw PipelineError(
        file: shards[0].shard.path, message: "has the id \(largest), and ids have 31 bits")
    }
    if sum.length > 0 { set.sequenceLength = sum.length }
    set.hasLossMasks = sum.hasLossMask
  }
}

/// What the sequences of a shard have in common.
private struct ShardSurvey: Sendable {
  var largest: UInt32 = 0
  /// Tokens of every sequence; 0 when they differ, -1 before the first.
  var length = -1
  var hasLossMask = false

  init() {}

  init(_ shard: LocatedShard) throws {
    var sequences = try ShardSequences(shard)
    while let sequence = try sequences.next() {
      if sequence.tokens.isEmpty { continue }
      largest = sequence.tokens.reduce(largest, max)
      add(length: sequence.tokens.count)
      if !sequence.lossMask.isEmpty { hasLossMask = true }
    }
  }

  mutating func add(_ other: ShardSurvey) {
    largest = max(largest, other.largest)
    if other.length >= 0 { add(length: other.length) }
    hasLossMask = hasLossMask || other.hasLossMask
  }

  private mutating func add(length other: Int) {
    if length < 0 { length = other } else if length != other { length = 0 }
  }
}

extension ShardSet {
  /// A set of which nothing is known.
  fileprivate static func undescribed(_ hints: TokenShardHints) -> ShardSet {
    ShardSet(
      version: currentVersion, format: "", tokenType: nil, vocabularySize: 1,
      endOfDocument: hints.endOfDocument, beginningOfDocument: nil,
      padding: hints.endOfDocument ?? 0, strategy: PackingStrategy.concatenate.rawValue,
      sequenceLength: 0, hasLossMasks: false, isCompressed: false, allowsSpecialTokens: false,
      chatTemplate: nil, hasForgotten: false, hasCutDocuments: false, seed: 0,
      tokenizer: .init(name: "", files: []), shards: [], files: [])
  }
}
