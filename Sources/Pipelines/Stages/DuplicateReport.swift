package import Deduplication

/// What duplicate removal found, as `deduplicate/report.json` holds it.
package struct DuplicateReport: Codable, Sendable {
  /// How similar two documents must be, and how that is known.
  package struct Verification: Codable, Sendable {
    let minimumSimilarity: Double
    /// Of the estimated similarity of documents that are as similar as is aimed at.
    let standardError: Double
    /// `signature`, `exact` or `none`.
    let rule: String
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
  /// Null where no sample was asked for.
  package let audit: Audit?

  init(
    ledger: StageLedger, settings: DeduplicationSettings, buckets: BucketCounts, pairs: PairCounts,
    sets: SetCounts, clusters: ClusterCounts, audit: Audit?
  ) {
    documents = ledger.input
    kept = ledger.output
    removed = ledger.dropped["duplicates"] ?? [:]
    verification = Verification(
      minimumSimilarity: settings.similarityFloor,
      standardError: settings.standardError, rule: settings.verification.rawValue)
    self.buckets = buckets
    self.pairs = pairs
    self.sets = sets
    self.clusters = clusters
    self.audit = audit
  }
}
