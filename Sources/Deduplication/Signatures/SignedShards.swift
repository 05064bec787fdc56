internal import ByteKernels

/// The signatures of all shards, under one numbering of their documents.
///
/// A document's number is its row plus the documents of the shards before its own.
final class SignedShards {
  /// Shards open at once, of three files each.
  private static let openLimit = max(4, min(1024, OpenFileLimit.ofTask / 3))

  let documentCount: Int
  /// For each shard the number of its first document, and at the end the count of all.
  let bases: [Int]
  private let prefixes: [String]
  private let settings: DeduplicationSettings
  private let settingsDigest: UInt64
  private var known: [SignedShard?]
  /// Shards whose files may be open; the next one to be closed when there are `openLimit`.
  private var openShards: [Int] = []
  private var oldest = 0
  private var isOpen: [Bool]

  init(
    prefixes: [String], settings: DeduplicationSettings, settingsDigest: UInt64
  ) throws(DeduplicationError) {
    known = Array(repeating: nil, count: prefixes.count)
    isOpen = Array(repeating: false, count: prefixes.count)
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
    if !isOpen[number] { makeRoom(for: number) }
    return try body(shard)
  }

  /// Closes the shard that was opened first when there are too many.
  private func makeRoom(for number: Int) {
    isOpen[number] = true
    guard openShards.count == Self.openLimit else {
      openShards.append(number)
      return
    }
    known[openShards[oldest]]?.close()
    isOpen[openShards[oldest]] = false
    openShards[oldest] = number
    oldest = (oldest + 1) % Self.openLimit
  }

  private func signed(_ number: Int) throws(DeduplicationError) -> SignedShard {
    if let shard = known[number] { return shard }
    let shard = try SignedShard(
      prefix: prefixes[number], settings: settings, settingsDigest: settingsDigest)
    known[number] = shard
    return shard
  }
}
