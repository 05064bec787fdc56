package import Documents

/// How good a document is by each rule of a `KeepOrder`: the greater, the better.
package struct KeepRanks: Sendable, Equatable, Comparable {
  package static let count = 3

  /// Numbers or infinities; zeros where there is no rule.
  let values: SIMD4<Double>

  init(_ values: SIMD4<Double>) {
    self.values = values
  }

  /// Equal ranks for all documents.
  package init() {
    self.init(.zero)
  }

  /// The ranks of a document whose quality score is `score`, not a number when it has none.
  package init(of document: Document, score: Double, settings: DeduplicationSettings) {
    var values = SIMD4<Double>.zero
    for (place, rule) in settings.keep.rules.enumerated() {
      let rank = Self.rank(of: document, by: rule, score: score, settings)
      // What is not known is the worst of all.
      values[place] = rank.isNaN ? -.infinity : rank
    }
    self.init(values)
  }

  package static func < (left: KeepRanks, right: KeepRanks) -> Bool {
    for place in 0..<count where left.values[place] != right.values[place] {
      return left.values[place] < right.values[place]
    }
    return false
  }

  private static func rank(
    of document: Document, by rule: KeepRule, score: Double, _ settings: DeduplicationSettings
  ) -> Double {
    switch rule {
    // The input order is not known here; `ClusterMember` compares it.
    case .first: 0
    case .longest: Double(document.text.count)
    case .shortest: -Double(document.text.count)
    case .score: score
    case .oldest: -date(of: document)
    case .newest: date(of: document)
    case .sources: -Double(settings.preferredSources.place(of: document.source))
    case .url: rank(ofURL: document.metadata.url, settings)
    }
  }

  private static func date(of document: Document) -> Double {
    (document.created.flatMap(Timestamp.init) ?? document.added.flatMap(Timestamp.init))?
      .seconds ?? .nan
  }

  /// Each part of the penalty is below the least step of the part before it.
  private static func rank(ofURL url: String?, _ settings: DeduplicationSettings) -> Double {
    guard let url else { return .nan }
    let length = Double(min(url.utf8.count, 999_999))
    let query = url.utf8.contains(UInt8(ascii: "?")) ? 1e6 : 0
    let scheme = url.lowercased().hasPrefix("https:") ? 0 : 2e6
    return -(Double(settings.preferredURLs.place(of: url)) * 4e6 + scheme + query + length)
  }
}
