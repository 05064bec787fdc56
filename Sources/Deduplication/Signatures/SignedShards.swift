/// The signatures of all shards, under one numbering of their documents.
///
/// A document's number is its row plus the documents of the shards before its own.
final class SignedShards {
  /// Open shards; a process may not have mappings without end.
  private static let openLimit = 8192

  let documentCount: Int
  /// For each shard the number of its first document, and at the end the count of all.
  let bases: [Int]
  private let prefixes: [String]
  private let settings: DeduplicationSettings
  private let settingsDigest: UInt64
  private var open: [Int: SignedShard] = [:]

  init(
    prefixes: [String], settings: DeduplicationSettings, settingsDigest: UInt64
  ) throws(DeduplicationError) {
    self.prefixes = prefixes
    self.settings = settings
    self.settingsDigest = settingsDigest
    var bases = [0]
    for prefix in prefixes {
      let table = try SegmentTable(
        path: "\(prefix).signatures", kind: .signatures, settingsDigest: settingsDigest)
      bases.append((bases.last ?? 0) + table.documentCount)
    }
    self.bases = bases
    documentCount = bases.last ?? 0
  }

  func member(_ document: UInt64) throws(DeduplicationError) -> ClusterMember {
    let (shard, row) = place(document)
    return try signed(shard).member(row: row, document: document)
  }

  func minHashes(_ document: UInt64) throws(DeduplicationError) -> [UInt8] {
    let (shard, row) = place(document)
    return try signed(shard).minHashes(row: row)
  }

  func equalHashCount(
    _ document: UInt64, _ others: [UInt8]
  ) throws(DeduplicationError) -> Int {
    let (shard, row) = place(document)
    return try signed(shard).equalHashCount(row: row, others)
  }

  func id(_ document: UInt64) throws(DeduplicationError) -> [UInt8] {
    let (shard, row) = place(document)
    return try signed(shard).id(row: row)
  }

  /// Shard and row of a document.
  func place(_ document: UInt64) -> (shard: Int, row: Int) {
    let number = Int(document)
    var (low, high) = (0, prefixes.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if bases[middle] <= number { low = middle } else { high = middle }
    }
    return (low, number - bases[low])
  }

  private func signed(_ shard: Int) throws(DeduplicationError) -> SignedShard {
    if let known = open[shard] { return known }
    if open.count == Self.openLimit { open.removeAll() }
    let opened = try SignedShard(
      prefix: prefixes[shard], hashCount: settings.hashCount, settingsDigest: settingsDigest)
    open[shard] = opened
    return opened
  }
}
