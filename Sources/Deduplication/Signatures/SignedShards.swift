/// The signatures of all shards, under one numbering of their documents.
///
/// A document's number is its row plus the documents of the shards before its own.
final class SignedShards {
  /// Shards in memory at once: a process may have 65,530 mappings, and 64 tasks of three a shard.
  private static let mappedLimit = 256
  /// Below this files would be mapped anew for every few records.
  private static let leastByteCount = 1 << 20

  let documentCount: Int
  /// For each shard the number of its first document, and at the end the count of all.
  let bases: [Int]
  private let prefixes: [String]
  private let settings: DeduplicationSettings
  private let settingsDigest: UInt64
  private let memoryByteCount: Int
  private var known: [SignedShard?]
  /// Shards that hold memory, and how much together.
  private var mapped: [Int] = []
  private var touchedByteCount = 0

  /// Files come into memory as they are asked for, up to about `memoryByteCount` bytes of them, or a
  /// MiB when that is more.
  init(
    prefixes: [String], settings: DeduplicationSettings, settingsDigest: UInt64,
    memoryByteCount: Int
  ) throws(DeduplicationError) {
    self.memoryByteCount = max(memoryByteCount, Self.leastByteCount)
    known = Array(repeating: nil, count: prefixes.count)
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

  /// How the documents are divided among tasks.
  var ranges: DocumentRanges { DocumentRanges(bases: bases, settings: settings) }

  func member(_ document: UInt64) throws(DeduplicationError) -> ClusterMember {
    let (shard, row) = place(document)
    return try read(shard) { shard throws(DeduplicationError) in
      // In input order no two documents tie.
      try shard.member(
        row: row, document: document, withID: !settings.keep.contains(.first))
    }
  }

  func minHashes(_ document: UInt64) throws(DeduplicationError) -> [UInt8] {
    let (shard, row) = place(document)
    return try read(shard) { shard throws(DeduplicationError) in try shard.minHashes(row: row) }
  }

  func shingles(_ document: UInt64) throws(DeduplicationError) -> [UInt8] {
    let (shard, row) = place(document)
    return try read(shard) { shard throws(DeduplicationError) in try shard.shingles(row: row) }
  }

  func id(_ document: UInt64) throws(DeduplicationError) -> [UInt8] {
    let (shard, row) = place(document)
    return try read(shard) { shard throws(DeduplicationError) in try shard.id(row: row) }
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

  private func read<Result>(
    _ number: Int, _ body: (SignedShard) throws(DeduplicationError) -> Result
  ) throws(DeduplicationError) -> Result {
    let shard = try signed(number)
    let before = shard.touchedByteCount
    if before == 0 {
      if mapped.count == Self.mappedLimit { release() }
      mapped.append(number)
    }
    let result = try body(shard)
    touchedByteCount += shard.touchedByteCount - before
    if touchedByteCount > memoryByteCount { release() }
    return result
  }

  private func signed(_ number: Int) throws(DeduplicationError) -> SignedShard {
    if let shard = known[number] { return shard }
    let shard = try SignedShard(
      prefix: prefixes[number], settings: settings, settingsDigest: settingsDigest)
    known[number] = shard
    return shard
  }

  private func release() {
    for number in mapped { known[number]?.release() }
    mapped.removeAll(keepingCapacity: true)
    touchedByteCount = 0
  }
}
