/// Finds, for each group, the rank from which documents are in its best share; a share of 1 has all.
///
/// The ranks of all documents never stand in memory together: each pass over them counts, for the
/// groups at work, how the ranks spread over one more digit, until few enough are left to be sorted.
/// Small groups are sorted at once, as many in one pass as the memory holds.
package struct ShareSelection {
  /// What became of one group.
  package struct Cut: Sendable, Equatable {
    /// Documents with a score.
    package fileprivate(set) var documentCount = 0
    /// Bytes of their texts.
    package fileprivate(set) var byteCount: UInt64 = 0
    package fileprivate(set) var keptDocumentCount = 0
    package fileprivate(set) var keptByteCount: UInt64 = 0
    /// The lowest score that is kept; nil when none is.
    package fileprivate(set) var minimumScore: Double?
    /// The lowest rank that is kept; nil when none is.
    fileprivate var minimumRank: UInt128?
  }

  /// Calls its argument with every document, the same ones each time, `group` counting all groups.
  package typealias Visitor = (_ body: (ScoreRecord) -> Void) -> Void

  /// One a group.
  package private(set) var cuts: [Cut]

  /// Chooses the best share of each group, within a memory budget (at least one group's digits).
  package init(
    _ settings: SelectionSettings, groupCount: Int, memoryByteCount: Int, visit: Visitor
  ) {
    var cuts = [Cut](repeating: Cut(), count: groupCount)
    visit { document in
      if document.rank == nil { return }
      cuts[document.group].documentCount += 1
      cuts[document.group].byteCount += document.byteCount
    }
    if settings.share >= 1 {
      // Documents of no bytes too, which no target reaches.
      for group in cuts.indices where cuts[group].documentCount > 0 { cuts[group].minimumRank = 0 }
    } else {
      Self.search(&cuts, settings, memoryByteCount, visit)
    }
    self.cuts = cuts
    countKept(visit)
  }

  /// Finds the lowest rank kept of each group.
  private static func search(
    _ cuts: inout [Cut], _ settings: SelectionSettings, _ memoryByteCount: Int, _ visit: Visitor
  ) {
    var first = 0
    while first < cuts.count {
      var left = memoryByteCount
      var searches: [RankSearch] = []
      for cut in cuts[first...] {
        left -= RankSearch.byteCount(documentCount: cut.documentCount)
        if left < 0, !searches.isEmpty { break }
        searches.append(RankSearch(cut, settings))
      }
      while searches.contains(where: { !$0.isDone }) {
        visit { document in
          guard let rank = document.rank, searches.indices.contains(document.group - first) else {
            return
          }
          searches[document.group - first].add(rank, document.byteCount)
        }
        for index in searches.indices { searches[index].endPass() }
      }
      for (index, search) in searches.enumerated() {
        cuts[first + index].minimumRank = search.minimumRank
      }
      first += searches.count
    }
  }

  /// Whether a document is in the best share of its group.
  package func keeps(_ document: ScoreRecord) -> Bool {
    guard let rank = document.rank, let minimum = cuts[document.group].minimumRank else {
      return false
    }
    return rank >= minimum
  }

  private mutating func countKept(_ visit: Visitor) {
    var cuts = self.cuts
    visit { document in
      guard keeps(document) else { return }
      let lowest = cuts[document.group].minimumScore ?? document.score
      cuts[document.group].keptDocumentCount += 1
      cuts[document.group].keptByteCount += document.byteCount
      cuts[document.group].minimumScore = min(lowest, document.score)
    }
    self.cuts = cuts
  }
}

extension RankSearch {
  /// A search for the share that the settings ask for.
  fileprivate init(_ cut: ShareSelection.Cut, _ settings: SelectionSettings) {
    let total = settings.measure == .documents ? Double(cut.documentCount) : Double(cut.byteCount)
    // A hair less than the product, so that a tenth of 30 is 3 and not 4.
    let target = settings.share * total * (1 - 1e-12)
    self.init(target: target, documentCount: cut.documentCount, measure: settings.measure)
  }
}
