import ByteKernels
import Documents
import FoundationEssentials
import TestSupport

@testable import Deduplication

/// Runs all phases over documents in memory and reads back what they wrote.
struct FastDeduplication {
  /// One line of `removed.jsonl`.
  struct Removed: Codable {
    let id: String
    let kept: String
    let similarity: Double
  }

  /// One line of `clusters.jsonl`.
  struct Cluster: Codable {
    let cluster: [String]
  }

  let folder: ScratchFolder
  let settings: DeduplicationSettings
  let seed: UInt64
  let prefixes: [String]
  let edgeFiles: [String]
  /// How many of the shards, the first ones, are an index's.
  let indexShardCount: Int

  init(
    settings: DeduplicationSettings, seed: UInt64, shardCount: Int, indexShardCount: Int = 0
  ) throws {
    self.indexShardCount = indexShardCount
    folder = try ScratchFolder()
    self.settings = settings
    self.seed = seed
    let scratch = folder
    prefixes = (0..<shardCount).map { scratch.path("shard-\($0)") }
    edgeFiles = (0..<settings.partitions).map { scratch.path("edges-\($0)") }
  }

  /// The same signatures and pairs under other settings.
  init(_ other: Self, settings: DeduplicationSettings) {
    (folder, seed, prefixes, edgeFiles) = (
      other.folder, other.seed, other.prefixes, other.edgeFiles
    )
    self.settings = settings
    indexShardCount = other.indexShardCount
  }

  /// Items go to the shards in runs of nearly equal length.
  @discardableResult
  func sign(
    _ items: [SlowDeduplication.Item], memoryByteCount: Int = 1 << 20
  ) throws -> [OutputFile.Published] {
    let signer = try SampledSigner(settings, seed: seed, byteCount: 1)
    var published: [OutputFile.Published] = []
    for (shard, prefix) in prefixes.enumerated() {
      let writer = try SignatureWriter(
        prefix: prefix, settings: settings, seed: seed, memoryByteCount: memoryByteCount)
      for item in items[rows(of: shard, itemCount: items.count)] {
        let text = Array(item.text.utf8)
        let document = Document(id: item.id, text: text, source: "")
        try writer.append(
          SignedDocument(
            document, score: item.score, signature: signer.sign(text.span), settings: settings))
      }
      published += try writer.publish()
    }
    return published
  }

  func rows(of shard: Int, itemCount: Int) -> Range<Int> {
    (shard * itemCount / prefixes.count)..<((shard + 1) * itemCount / prefixes.count)
  }

  @discardableResult
  func bucket(memoryByteCount: Int = 1 << 20) throws -> BucketCounts {
    var counts = BucketCounts()
    for (partition, path) in edgeFiles.enumerated() {
      counts =
        try counts
        + BucketTask.run(
          prefixes: prefixes, indexShardCount: indexShardCount, partition: partition,
          settings: settings, seed: seed,
          memoryByteCount: memoryByteCount, output: path
        ).1
    }
    return counts
  }

  /// The ranges that documents are divided into.
  var rangeCount: Int { DocumentRanges.count(shardCount: prefixes.count, settings: settings) }

  func pairFile(_ range: Int) -> String { folder.path("pairs-\(range)") }

  func removedFile(_ range: Int) -> String { folder.path("gone-\(range)") }

  /// The phases after the buckets, in order.
  enum Phase: Int {
    case pairs
    case sets
    case clusters
    case removals
  }

  /// Everything after the buckets, or from a later phase on.
  @discardableResult
  func cluster(memoryByteCount: Int = 1 << 20, from phase: Phase = .pairs) throws -> Outcome {
    var outcome = Outcome()
    let ranges = 0..<rangeCount
    if phase.rawValue <= Phase.pairs.rawValue {
      outcome.pairs = try ranges.map { try verify($0, memoryByteCount) }.reduce(PairCounts(), +)
    }
    if phase.rawValue <= Phase.sets.rawValue {
      outcome.sets = try SetTask.run(
        prefixes: prefixes, pairFiles: ranges.map(pairFile), settings: settings, seed: seed,
        memoryByteCount: memoryByteCount, output: folder.path("sets")
      ).1
    }
    if phase.rawValue <= Phase.clusters.rawValue {
      outcome.clusters = try ranges.map { try part($0, memoryByteCount) }
        .reduce(ClusterCounts(), +)
    }
    outcome.removals = try ranges.map { try remove($0, memoryByteCount) }
      .reduce(RemovalCounts(), +)
    try join("clusters")
    try join("removed")
    return outcome
  }

  private func verify(_ range: Int, _ memoryByteCount: Int) throws -> PairCounts {
    try PairTask.run(
      prefixes: prefixes, edgeFiles: edgeFiles, range: range, settings: settings, seed: seed,
      memoryByteCount: memoryByteCount, output: pairFile(range)
    ).1
  }

  private func part(_ range: Int, _ memoryByteCount: Int) throws -> ClusterCounts {
    try ClusterTask.run(
      prefixes: prefixes, indexShardCount: indexShardCount, setFile: folder.path("sets"),
      range: range, settings: settings, seed: seed, memoryByteCount: memoryByteCount,
      removedOutput: removedFile(range), keptOutput: folder.path("kept-\(range)"),
      clustersJSON: folder.path("clusters-\(range).jsonl")
    ).1
  }

  private func remove(_ range: Int, _ memoryByteCount: Int) throws -> RemovalCounts {
    let scratch = folder
    return try RemovalTask.run(
      prefixes: prefixes, indexShardCount: indexShardCount,
      removedFiles: (0..<rangeCount).map(removedFile), range: range, settings: settings, seed: seed,
      memoryByteCount: memoryByteCount,
      removalPath: { scratch.path("removals-\($0)") },
      removedJSON: folder.path("removed-\(range).jsonl")
    ).1
  }

  /// How many documents each document stands for, by shard and row.
  func counts() throws -> [[Int]] {
    let scratch = folder
    for range in 0..<rangeCount {
      _ = try DuplicateCounts.write(
        prefixes: prefixes, indexShardCount: indexShardCount,
        keptFiles: (0..<rangeCount).map { scratch.path("kept-\($0)") }, range: range,
        settings: settings, seed: seed, memoryByteCount: 1 << 20,
        path: { scratch.path("counts-\($0)") })
    }
    return try (0..<(prefixes.count - indexShardCount)).map { shard in
      let list = try DuplicateCounts(path: scratch.path("counts-\(shard)"))
      var place = 0
      return (0..<list.documentCount).map { list.count(row: $0, &place) }
    }
  }

  private func join(_ name: String) throws {
    let parts = try (0..<rangeCount).flatMap { try folder.read("\(name)-\($0).jsonl") }
    try folder.write("\(name).jsonl", parts)
  }

  /// What the phases counted.
  struct Outcome: Equatable {
    var pairs = PairCounts()
    var sets = SetCounts()
    var clusters = ClusterCounts()
    var removals = RemovalCounts()
  }

  func audit(byteCount: Int = 1) throws -> Audit {
    try Audit.run(
      prefixes: prefixes, removedFiles: (0..<rangeCount).map(removedFile), settings: settings,
      seed: seed, byteCount: byteCount, memoryByteCount: 1 << 20)
  }

  func removed() throws -> [SlowDeduplication.Removal] {
    try lines("removed.jsonl", Removed.self).map {
      .init(id: $0.id, kept: $0.kept, similarity: $0.similarity)
    }
  }

  func clusters() throws -> [[String]] {
    try lines("clusters.jsonl", Cluster.self).map(\.cluster)
  }

  private func lines<Line: Decodable>(_ name: String, _ type: Line.Type) throws -> [Line] {
    try folder.read(name).split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(type, from: Data($0))
    }
  }
}
