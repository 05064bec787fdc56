import ByteKernels
import Documents
import FoundationEssentials
import TestSupport

@testable import Deduplication

/// Runs the three phases over documents in memory and reads back what they wrote.
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

  init(
    settings: DeduplicationSettings, seed: UInt64, shardCount: Int
  ) throws {
    folder = try ScratchFolder()
    self.settings = settings
    self.seed = seed
    let scratch = folder
    prefixes = (0..<shardCount).map { scratch.path("shard-\($0)") }
    edgeFiles = (0..<settings.partitions).map { scratch.path("edges-\($0)") }
  }

  /// Items go to the shards in runs of nearly equal length.
  @discardableResult
  func sign(
    _ items: [SlowDeduplication.Item], memoryByteCount: Int = 1 << 20
  ) throws -> [OutputFile.Published] {
    let signer = try Signer(settings, seed: seed)
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
          prefixes: prefixes, partition: partition, settings: settings, seed: seed,
          memoryByteCount: memoryByteCount, output: path
        ).1
    }
    return counts
  }

  @discardableResult
  func cluster(memoryByteCount: Int = 1 << 20) throws -> ClusterCounts {
    let scratch = folder
    return try ClusterTask.run(
      prefixes: prefixes, edgeFiles: edgeFiles, settings: settings, seed: seed,
      memoryByteCount: memoryByteCount, removalPath: { scratch.path("removals-\($0)") },
      removedJSON: scratch.path("removed.jsonl"), clustersJSON: scratch.path("clusters.jsonl")
    ).1
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
