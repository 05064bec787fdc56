/// How likely two documents become candidates, as a function of their Jaccard similarity s.
///
/// They meet in one of `bands` bands of `rows` min-hashes with probability `P(s) = 1 - (1 - s^rows)^bands`
/// (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, section 3.4).
package struct BandCurve: Sendable, Equatable {
  package let bands: Int
  package let rows: Int

  package init(bands: Int, rows: Int) {
    self.bands = bands
    self.rows = rows
  }

  package var hashCount: Int { bands * rows }

  /// P at similarity `s`.
  package func probability(at s: Double) -> Double {
    1 - Self.power(1 - Self.power(s, rows), bands)
  }

  /// The similarity where P is one half.
  package var halfSimilarity: Double {
    Self.root { probability(at: $0) < 0.5 }
  }

  /// Where the curve is steep: the similarity s of `s^rows = 1 / bands`, which bands and rows are
  /// made for when no threshold is given.
  package var steepSimilarity: Double {
    Self.root { Self.power($0, rows) * Double(bands) < 1 }
  }

  /// The integral of P from 0 to `threshold`: how much is compared in vain.
  package func falsePositiveArea(below threshold: Double) -> Double {
    threshold - missedArea(below: threshold)
  }

  /// The integral of 1 - P from `threshold` to 1: how much is missed.
  package func falseNegativeArea(above threshold: Double) -> Double {
    missedArea(below: 1) - missedArea(below: threshold)
  }

  private func missedArea(below limit: Double) -> Double {
    var area = MissedArea(below: limit, power: Self.power(limit, rows))
    for band in 1...bands { area.add(band: band, rows: rows) }
    return area.value
  }

  /// The curve of at most `hashCount` min-hashes whose weighted sum of areas on the wrong side of
  /// `threshold` is least; of equal ones that with fewer bands, then fewer rows.
  ///
  /// `falsePositiveWeight` is that of false positives, from 0 to 1, the rest that of false
  /// negatives. `bands` or `rows`, when given, are kept. Nil when none fits. The choice is that of
  /// datasketch's MinHashLSH, whose areas are integrals found numerically, to 1.5e-8.
  package static func best(
    threshold: Double, hashCount: Int, falsePositiveWeight: Double, bands: Int? = nil,
    rows: Int? = nil
  ) -> BandCurve? {
    var best: (error: Double, curve: BandCurve)?
    var power = 1.0
    for candidateRows in 1...max(1, hashCount) {
      power *= threshold
      if let rows, rows != candidateRows { continue }
      var low = MissedArea(below: threshold, power: power)
      var whole = MissedArea(below: 1, power: 1)
      let mostBands = hashCount / candidateRows
      guard mostBands > 0 else { break }
      for candidateBands in 1...mostBands {
        low.add(band: candidateBands, rows: candidateRows)
        whole.add(band: candidateBands, rows: candidateRows)
        if let bands, bands != candidateBands { continue }
        let error =
          (threshold - low.value) * falsePositiveWeight
          + (whole.value - low.value) * (1 - falsePositiveWeight)
        let curve = BandCurve(bands: candidateBands, rows: candidateRows)
        guard let known = best else {
          best = (error, curve)
          continue
        }
        if error < known.error || (error == known.error && curve.bands < known.curve.bands) {
          best = (error, curve)
        }
      }
    }
    return best?.curve
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent { result *= base }
    return result
  }

  /// Where a question that is true below and false above changes its answer, between 0 and 1.
  private static func root(isBelow: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if isBelow(middle) { low = middle } else { high = middle }
    }
    return low
  }
}

/// The integral of `(1 - s^rows)^bands` from 0 to a limit, band after band.
///
/// Integrating by parts gives `F(b) (1 + b rows) = limit (1 - limit^rows)^b + b rows F(b - 1)` with
/// `F(0) = limit`: no term is negative, so nothing cancels.
private struct MissedArea {
  private(set) var value: Double
  private let limit: Double
  private let apart: Double
  private var allApart = 1.0

  /// `power` is `limit^rows`.
  init(below limit: Double, power: Double) {
    self.limit = limit
    value = limit
    apart = 1 - power
  }

  mutating func add(band: Int, rows: Int) {
    allApart *= apart
    let weight = Double(band) * Double(rows)
    value = (limit * allApart + weight * value) / (1 + weight)
  }
}
