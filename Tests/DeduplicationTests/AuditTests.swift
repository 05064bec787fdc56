import TestSupport
import Testing

@testable import Deduplication

struct AuditTests {
  @Test func `recall and precision of a whole corpus are those of its pairs`() throws {
    let items = SmallCorpus.items(count: 300, seed: 11)
    var settings = DeduplicationSettings()
    (settings.bands, settings.rows, settings.threshold) = (3, 8, 0.8)
    settings.minimumSimilarity = 0.6
    let fast = try FastDeduplication(settings: settings, seed: 4, shardCount: 3)
    try fast.sign(items)
    try fast.bucket()
    try fast.cluster()
    let audit = try fast.audit()
    let shingles = items.map { Set(SlowSignature.shingles($0.text, settings)) }
    #expect(audit.sampleRate == 1)
    #expect(audit.sampledDocumentCount == shingles.count { !$0.isEmpty })

    let places = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1.id, $0) })
    let similar = try fast.removed().compactMap { removal -> Bool? in
      let (a, b) = (try #require(places[removal.id]), try #require(places[removal.kept]))
      if items[a].text == items[b].text { return nil }
      return SlowDeduplication.jaccard(shingles[a], shingles[b]) >= 0.6
    }
    #expect(audit.precision.count == similar.count)
    let precision = try #require(audit.precision.value)
    #expect(abs(precision - Double(similar.count { $0 }) / Double(similar.count)) < 1e-9)
    #expect(precision < 1)

    let removed = Set(try fast.removed().map(\.id))
    var (broken, pairs) = (0, 0)
    for a in items.indices {
      for b in items.indices.prefix(a) {
        let similarity = SlowDeduplication.jaccard(shingles[a], shingles[b])
        guard similarity >= 0.8, similarity < 1 else { continue }
        pairs += 1
        if removed.contains(items[a].id) || removed.contains(items[b].id) { broken += 1 }
      }
    }
    let recall = Double(broken) / Double(pairs)
    #expect(recall < 0.99 && pairs > 60)
    #expect(audit.recall.low <= recall && recall <= audit.recall.high)
    #expect(audit.recall.high - audit.recall.low < 0.45)
  }

  @Test func `a sample holds about as many documents as it was asked for, and like ones together`()
    throws
  {
    var settings = DeduplicationSettings()
    settings.sampleDocuments = 500
    // 500 of the 2000 documents that a plan of 4 MB stands for: a quarter.
    let signer = try SampledSigner(settings, seed: 1, byteCount: 4_000_000)
    let signatures = SmallCorpus.items(count: 800, seed: 2).map {
      signer.sign(Array($0.text.utf8).span)
    }.filter { !$0.minHashes.isEmpty }
    let limit = SampleRate(settings, byteCount: 4_000_000).limit
    for signature in signatures {
      #expect(signature.shingles.isEmpty == (signature.sampleKey > limit))
    }
    let share = Double(signatures.count { !$0.shingles.isEmpty }) / Double(signatures.count)
    #expect(abs(share - 0.25) < 0.1)
    settings.sampleDocuments = 0
    #expect(SampleRate(settings, byteCount: 1).limit == 0)
  }

  @Test func `the interval of independent cases is Wilson's`() {
    var share = WeightedShare()
    for place in 0..<10 {
      share.add(place < 8, weight: 1)
      share.endGroup()
    }
    // Wilson 1927 for 8 of 10 at 95 %.
    #expect(abs(share.share.low - 0.4902) < 0.0001)
    #expect(abs(share.share.high - 0.9433) < 0.0001)
    #expect(share.share.value == 0.8)
    #expect(WeightedShare().share.value == nil)
  }

  @Test func `large groups are compared in part, which counts for all`() {
    for size in [2, 3, 20, 33, 34, 100, 5000] {
      let pairs = AuditSample.pairs(of: Array(0..<UInt64(size)))
      let total = Double(size * (size - 1) / 2)
      #expect(abs(pairs.reduce(0) { $0 + $1.weight } - total) < 1e-6 * total)
      #expect(pairs.count == size * (size - 1) / 2 || pairs.count == 16 * min(size, 2048))
      #expect(
        Set(pairs.map { [min($0.left, $0.right), max($0.left, $0.right)] }).count == pairs.count)
      #expect(pairs.allSatisfy { $0.left != $0.right })
    }
  }
}
