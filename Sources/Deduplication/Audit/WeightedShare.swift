/// The share of weighted cases that hold, when cases come in groups that depend on each other.
struct WeightedShare {
  /// The 97.5th percentile of the normal distribution.
  private static let quantile = 1.959964

  private var holding = 0.0
  private var total = 0.0
  private var squares = 0.0
  private var group = 0.0
  private var count = 0

  mutating func add(_ holds: Bool, weight: Double) {
    if holds { holding += weight }
    total += weight
    group += weight
    count += 1
  }

  /// What follows is independent of what came before.
  mutating func endGroup() {
    squares += group * group
    group = 0
  }

  /// The share with its interval.
  var share: Audit.Share {
    guard total > 0, squares > 0 else {
      return Audit.Share(value: nil, low: 0, high: 1, count: count)
    }
    let value = min(1, holding / total)
    let size = total * total / squares
    let z2 = Self.quantile * Self.quantile
    let centre = (value + z2 / (2 * size)) / (1 + z2 / size)
    let half =
      Self.quantile / (1 + z2 / size)
      * (value * (1 - value) / size + z2 / (4 * size * size)).squareRoot()
    return Audit.Share(
      value: value, low: min(value, max(0, centre - half)), high: max(value, min(1, centre + half)),
      count: count)
  }
}
