/// The scores of the documents from one source.
package struct SourceReport: Sendable, Equatable {
  package let source: String
  package let positiveCount: Int
  package let negativeCount: Int
  /// Documents that score above the threshold.
  package let keptCount: Int
  /// Nil without documents.
  package let meanScore: Double?
  /// How well good and bad are told apart within the source; nil when it has only one of them.
  package let auc: Double?
  package let histogram: ScoreHistogram

  package var documentCount: Int { positiveCount + negativeCount }

  init(source: String, _ ranking: ScoreRanking, threshold: Double) {
    self.source = source
    positiveCount = ranking.positives.count
    negativeCount = ranking.negatives.count
    let scores = [ranking.positives, ranking.negatives].joined()
    keptCount = scores.reduce(0) { $0 + ($1 > threshold ? 1 : 0) }
    meanScore = ranking.count == 0 ? nil : scores.reduce(0, +) / Double(ranking.count)
    auc = ranking.auc
    histogram = ScoreHistogram(positives: ranking.positives, negatives: ranking.negatives)
  }

  /// One report a source, those with most documents first; empty when no document has a source.
  ///
  /// - Complexity: O(n log n), and 8 bytes a document.
  static func reports(_ documents: ScoredDocuments, threshold: Double) -> [SourceReport] {
    let names = documents.sourceNames
    if names.isEmpty { return [] }
    // The scores of each source and class side by side: good ones of source s are group 2 s.
    var ends = [Int](repeating: 0, count: 2 * names.count + 1)
    for (source, label) in zip(documents.sources, documents.labels) {
      ends[2 * Int(source) + (label ? 1 : 2)] += 1
    }
    for group in 1..<ends.count { ends[group] += ends[group - 1] }
    var starts = ends
    var scores = [Double](repeating: 0, count: documents.count)
    for index in 0..<documents.count {
      let group = 2 * Int(documents.sources[index]) + (documents.labels[index] ? 0 : 1)
      scores[starts[group]] = documents.scores[index]
      starts[group] += 1
    }
    let reports = names.indices.map { source in
      let (first, middle, last) = (ends[2 * source], ends[2 * source + 1], ends[2 * source + 2])
      let ranking = ScoreRanking(
        positives: scores[first..<middle], negatives: scores[middle..<last])
      return SourceReport(source: names[source], ranking, threshold: threshold)
    }
    return reports.sorted {
      ($1.documentCount, $0.source) < ($0.documentCount, $1.source)
    }
  }
}
