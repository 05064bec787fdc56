/// How often each value, rounded down to nine significant bits, occurs in good and in bad texts.
///
/// Takes half a megabyte however many values are added. Whole numbers up to 512 are exact.
struct ValueTally {
  private var positives = [UInt32](repeating: 0, count: 1 << 16)
  private var negatives = [UInt32](repeating: 0, count: 1 << 16)

  /// Adds a value that is not negative.
  mutating func add(_ value: Double, isPositive: Bool) {
    // Sign, exponent and eight of the bits after the leading one; the order of keys is that of values.
    let key = Int(Float(value).bitPattern &>> 15)
    if isPositive { positives[key] += 1 } else { negatives[key] += 1 }
  }

  /// The chance that the value of a good text is above that of a bad one, ties counting half.
  var auc: Double? {
    var (doubledWins, positiveCount, negativesBelow) = (0, 0, 0)
    for (good, bad) in zip(positives, negatives) where good > 0 || bad > 0 {
      doubledWins += Int(good) * (2 * negativesBelow + Int(bad))
      positiveCount += Int(good)
      negativesBelow += Int(bad)
    }
    if positiveCount == 0 || negativesBelow == 0 { return nil }
    return Double(doubledWins) / (2 * Double(positiveCount) * Double(negativesBelow))
  }

  /// The middle of the values of good or of bad texts, the lower one of two; nil without any.
  func median(isPositive: Bool) -> Double? {
    let counts = isPositive ? positives : negatives
    let count = counts.reduce(0) { $0 + Int($1) }
    var rest = (count + 1) / 2
    for (key, occurrences) in counts.enumerated() where occurrences > 0 {
      rest -= Int(occurrences)
      if rest <= 0 { return Double(Float(bitPattern: UInt32(key) << 15)) }
    }
    return nil
  }
}
