internal import Deduplication

/// What duplicate removal found, as `deduplicate/report.json` holds it.
struct DuplicateReport: Codable {
  /// How similar two documents must be, and how that is known.
  struct Verification: Codable {
    let minimumSimilarity: Double
    /// Of the estimated similarity of documents that are as similar as is aimed at.
    let standardError: Double
  }

  let documents: Tally
  let kept: Tally
  /// By reason.
  let removed: [String: Tally]
  let verification: Verification
  let buckets: BucketCounts
  let pairs: PairCounts
  let sets: SetCounts
  let clusters: ClusterCounts

  init(
    ledger: StageLedger, settings: DeduplicationSettings, buckets: BucketCounts, pairs: PairCounts,
    sets: SetCounts, clusters: ClusterCounts
  ) {
    documents = ledger.input
    kept = ledger.output
    removed = ledger.dropped["duplicates"] ?? [:]
    verification = Verification(
      minimumSimilarity: settings.similarityFloor,
      standardError: settings.standardError)
    self.buckets = buckets
    self.pairs = pairs
    self.sets = sets
    self.clusters = clusters
  }
}
