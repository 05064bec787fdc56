import ByteKernels
import TestSupport
import Testing

@testable import Deduplication

struct DeduplicationTests {
  @Test func `bands of one row never share a key`() {
    var keys: Set<UInt64> = []
    for band in 0..<64 {
      for hash in 0..<500 as Range<UInt32> {
        keys.insert(BandKey.near(band: band, [hash], from: 0, wordCount: 1, row: 0).high)
      }
    }
    #expect(keys.count == 64 * 500)
  }

  static let variants: [DeduplicationSettings] = {
    var variants: [DeduplicationSettings] = []
    for keep in [KeepRule.first, .longest, .shortest, .score] {
      for minimum in [0, nil, 0.8] {
        var settings = DeduplicationSettings()
        settings.keep = KeepOrder(keep)
        settings.minimumSimilarity = minimum
        settings.partitions = minimum == 0 ? 1 : 5
        variants.append(settings)
      }
    }
    var onlyNear = DeduplicationSettings()
    onlyNear.exact = false
    var onlyExact = DeduplicationSettings()
    onlyExact.near = false
    var oddRows = DeduplicationSettings()
    (oddRows.bands, oddRows.rows, oddRows.shingleSize) = (20, 3, 2)
    var follow = DeduplicationSettings()
    (follow.chains, follow.minimumSimilarity) = (.follow, 0.7)
    var exactly = DeduplicationSettings()
    (exactly.verification, exactly.minimumSimilarity) = (.exact, 0.6)
    var unverified = oddRows
    unverified.verification = .none
    var anyCandidate = oddRows
    (anyCandidate.verification, anyCandidate.minimumSimilarity) = (.exact, 0)
    return variants + [onlyNear, onlyExact, oddRows, follow, exactly, unverified, anyCandidate]
  }()

  @Test(arguments: variants)
  func `clusters and removals are those of the definition`(settings: DeduplicationSettings) throws {
    let items = SmallCorpus.items(count: 150, seed: 3)
    let slow = SlowDeduplication(items, settings, seed: 9)
    let fast = try FastDeduplication(settings: settings, seed: 9, shardCount: 3)
    try fast.sign(items)
    try fast.bucket()
    let counts = try fast.cluster()
    #expect(try fast.removed() == slow.removed)
    #expect(try fast.clusters() == slow.clusters)
    let sizes = Dictionary(uniqueKeysWithValues: slow.clusters.map { ($0[0], $0.count) })
    #expect(try fast.counts().joined().elementsEqual(items.map { sizes[$0.id] ?? 1 }))
    #expect(slow.removed.count > 10)
    #expect(counts.removals.documentCount == items.count)
    #expect(counts.clusters.clusterCount == slow.clusters.count)
    #expect(counts.clusters.partlyComparedDocumentCount == 0)
    try expectLists(of: fast, items, slow, counts.removals)
  }

  /// The removal lists and the counts say the same as the removals.
  private func expectLists(
    of fast: FastDeduplication, _ items: [SlowDeduplication.Item], _ slow: SlowDeduplication,
    _ counts: RemovalCounts
  ) throws {
    let texts = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.text) })
    let kept = Dictionary(uniqueKeysWithValues: slow.removed.map { ($0.id, $0.kept) })
    var expected = RemovalCounts()
    expected.documentCount = items.count
    for shard in fast.prefixes.indices {
      let list = try RemovalList(path: fast.folder.path("removals-\(shard)"))
      let rows = fast.rows(of: shard, itemCount: items.count)
      #expect(list.documentCount == rows.count)
      #expect(list.shardIndex == shard)
      #expect(list.count == items[rows].count { kept[$0.id] != nil })
      for (row, item) in items[rows].enumerated() {
        let reason = kept[item.id].map { texts[$0] == item.text ? RemovalReason.exact : .near }
        #expect(list.reason(row: row) == reason)
        #expect(list.contains(row: row) == (reason != nil))
        guard let reason else { continue }
        expected[reason].documentCount += 1
        expected[reason].byteCount += item.text.utf8.count
      }
    }
    #expect(counts == expected)
  }

  @Test
  func `where shards begin, how much memory there is and partitions do not show in the result`()
    throws
  {
    let items = SmallCorpus.items(count: 400, seed: 8)
    var results: [[UInt8]] = []
    for (shards, memory, partitions) in [
      (1, 1 << 20, 1), (7, 1 << 20, 16), (7, 65_536, 3), (50, 1 << 22, 2),
    ] {
      var settings = DeduplicationSettings()
      settings.partitions = partitions
      let fast = try FastDeduplication(settings: settings, seed: 1, shardCount: shards)
      try fast.sign(items, memoryByteCount: memory)
      try fast.bucket(memoryByteCount: max(memory, 8192 * shards))
      try fast.cluster(memoryByteCount: memory)
      results.append(try fast.folder.read("removed.jsonl") + fast.folder.read("clusters.jsonl"))
    }
    #expect(Set(results).count == 1)
    #expect(results[0].count > 1000)
  }

  @Test func `the same input gives the same bytes in every file`() throws {
    let items = SmallCorpus.items(count: 300, seed: 4)
    var checksums: [[UInt64]] = []
    for memory in [1 << 22, 1 << 15] {
      let fast = try FastDeduplication(settings: DeduplicationSettings(), seed: 2, shardCount: 2)
      var sums = try fast.sign(items, memoryByteCount: memory).map(\.checksum)
      try fast.bucket(memoryByteCount: memory)
      try fast.cluster(memoryByteCount: max(memory, 1 << 18))
      let pairs = (0..<fast.rangeCount).flatMap { [fast.pairFile($0), fast.removedFile($0)] }
      sums.append(try MappedFile(path: fast.folder.path("sets")).withBytes { XXH64.hash($0) })
      for path in pairs + fast.edgeFiles + [
        fast.folder.path("removals-0"), fast.folder.path("removals-1"),
      ] {
        sums.append(try MappedFile(path: path).withBytes { XXH64.hash($0) })
      }
      checksums.append(sums)
    }
    #expect(checksums[0] == checksums[1])
  }

  @Test func `the least similarity can be changed without signing again`() throws {
    let items = SmallCorpus.items(count: 150, seed: 3)
    var settings = DeduplicationSettings()
    let first = try FastDeduplication(settings: settings, seed: 9, shardCount: 2)
    try first.sign(items)
    try first.bucket()
    settings.minimumSimilarity = 0.9
    let second = FastDeduplication(first, settings: settings)
    try second.cluster()
    #expect(try second.removed() == SlowDeduplication(items, settings, seed: 9).removed)
  }

  @Test func `shards without documents and no shards at all are no trouble`() throws {
    for shardCount in [0, 1, 3] {
      let fast = try FastDeduplication(
        settings: DeduplicationSettings(), seed: 2, shardCount: shardCount)
      try fast.sign([])
      #expect(try fast.bucket() == BucketCounts())
      #expect(try fast.cluster() == FastDeduplication.Outcome())
      #expect(try fast.folder.read("removed.jsonl").isEmpty)
    }
  }

  @Test func `too little memory for the merge is said, with what it takes`() throws {
    let fast = try FastDeduplication(settings: DeduplicationSettings(), seed: 2, shardCount: 3)
    try fast.sign(SmallCorpus.items(count: 9, seed: 1))
    #expect(throws: DeduplicationError.self) { try fast.bucket(memoryByteCount: 20_000) }
    try fast.bucket(memoryByteCount: 3 * 8192)
  }

  @Test func `pairs at 0.8 meet with the probability that bands and rows promise`() throws {
    // 1 - (1 - s^8)^14 is 0.92 at s = 0.8, 0.56 at 0.7 and 0.05 at 0.5; binomial noise of 300 pairs.
    for (similarity, expected) in [(0.8, 0.924), (0.7, 0.565), (0.5, 0.053)] {
      var settings = DeduplicationSettings()
      settings.shingleSize = 1
      settings.minimumSimilarity = 0
      var items: [SlowDeduplication.Item] = []
      for pair in 0..<300 {
        let own = Int((200 * (1 - similarity) / (1 + similarity)).rounded())
        for side in ["l", "r"] {
          let words =
            (0..<(200 - own)).map { "\(pair)s\($0)" } + (0..<own).map { "\(pair)\(side)\($0)" }
          items.append(.init(id: "\(pair)\(side)", text: words.joined(separator: " "), score: 0))
        }
      }
      let fast = try FastDeduplication(settings: settings, seed: 21, shardCount: 1)
      try fast.sign(items)
      try fast.bucket()
      let found = Double(try fast.cluster().clusters.clusterCount) / 300
      #expect(abs(found - expected) < 0.09, "\(similarity): \(found)")
    }
  }
}
