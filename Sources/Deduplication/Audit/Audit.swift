/// Precision and recall of duplicate removal, estimated from a sample of the run's documents.
///
/// The sample has the documents whose sample key, a min-hash of its own, is below a limit. Near
/// duplicates are found in it by equal keys, so without the bands, and compared by their sets of
/// shingles. A pair of Jaccard similarity J has equal keys with probability J, so it counts 1 / J.
package struct Audit: Codable, Sendable, Equatable {
  /// A share with its interval of 95 % confidence (Wilson 1927, over as many independent groups as
  /// the weights are worth, Kish 1965).
  package struct Share: Codable, Sendable, Equatable {
    /// Nil when the sample has no case.
    package let value: Double?
    package let low: Double
    package let high: Double
    /// Cases in the sample.
    package let count: Int
  }

  /// The Jaccard similarity from which documents are taken for duplicates.
  package let threshold: Double
  /// The similarity, as verification finds it, from which documents are removed; the threshold where
  /// candidates are not verified.
  package let floor: Double
  /// Of all documents.
  package let sampleRate: Double
  package let sampledDocumentCount: Int
  /// Of the pairs of different texts that are as similar as the threshold, those of which one
  /// document at least was removed.
  package let recall: Share
  /// Of the documents removed as near duplicates, those whose exact similarity to the one kept reaches the floor.
  package let precision: Share
}

extension Audit {
  /// `removedFiles` are those of all cluster tasks, in order; `byteCount` is that of the run's input.
  ///
  /// The documents of the first `indexShardCount` shards, those of an index, are in no sample.
  package static func run(
    prefixes: [String], indexShardCount: Int = 0, removedFiles: [String],
    settings: DeduplicationSettings, seed: UInt64, byteCount: Int, memoryByteCount: Int
  ) throws(DeduplicationError) -> Audit {
    let rate = SampleRate(settings, byteCount: byteCount)
    let shards = try SignedShards(
      prefixes: prefixes, settings: settings,
      settingsDigest: settings.signatureDigest(seed: seed))
    let sample = try AuditSample(
      prefixes: prefixes, indexShardCount: indexShardCount, bases: shards.bases, limit: rate.limit,
      settingsDigest: settings.signatureDigest(seed: seed))
    var removals: [UInt64: ComparedPair] = [:]
    for range in 0..<shards.ranges.count {
      let merger = try RangedRecords.merge(
        removedFiles, kind: .removed, settingsDigest: settings.digest(seed: seed), range: range,
        ranges: shards.ranges, memoryByteCount: memoryByteCount / 4)
      while case let batch = try merger.next(), !batch.isEmpty {
        for merged in batch {
          let pair = ComparedPair(merged.record)
          if sample.contains(pair.document) { removals[pair.document] = pair }
        }
      }
    }
    let threshold = settings.aimedSimilarity
    let floor = settings.similarityFloor > 0 ? settings.similarityFloor : threshold
    return Audit(
      threshold: threshold, floor: floor, sampleRate: rate.value,
      sampledDocumentCount: sample.count,
      recall: try recall(sample, removals, threshold),
      precision: try precision(sample, removals, floor, rate.value))
  }

  private static func recall(
    _ sample: AuditSample, _ removals: [UInt64: ComparedPair], _ threshold: Double
  ) throws(DeduplicationError) -> Share {
    var estimate = WeightedShare()
    for group in sample.groups {
      for (left, right, weight) in AuditSample.pairs(of: group) {
        let similarity = try sample.similarity(left, right)
        guard similarity.value >= threshold, similarity.shared < similarity.total else { continue }
        estimate.add(
          removals[left] != nil || removals[right] != nil, weight: weight / similarity.value)
      }
      estimate.endGroup()
    }
    return estimate.share
  }

  /// A removed document is seen when it and the one kept are both in the sample: they have equal
  /// keys with probability J, and keys below the limit each by itself otherwise.
  private static func precision(
    _ sample: AuditSample, _ removals: [UInt64: ComparedPair], _ floor: Double, _ rate: Double
  ) throws(DeduplicationError) -> Share {
    var estimate = WeightedShare()
    for (_, pairs) in Dictionary(grouping: removals.values, by: \.other).sorted(by: {
      $0.key < $1.key
    }) {
      for pair in pairs where pair.reason == .near && sample.contains(pair.other) {
        let similarity = try sample.similarity(pair.document, pair.other).value
        let chance = similarity * rate + (1 - similarity) * rate * rate
        estimate.add(similarity >= floor, weight: 1 / chance)
      }
      estimate.endGroup()
    }
    return estimate.share
  }
}
