internal import ByteKernels
internal import Packing
internal import Reports

/// How long sequences or documents are: counts by length, from which any quantile follows.
struct SequenceLengths {
  private var counts: [Int: Int] = [:]
  private(set) var count = 0
  private(set) var sum = 0
  private(set) var minimum = Int.max
  private(set) var maximum = 0

  /// Lengths from here on are counted in steps of 1024, so that there are never many.
  private static let exactLimit = 1 << 16

  mutating func add(_ length: Int) {
    counts[length < Self.exactLimit ? length : length & ~1023, default: 0] += 1
    count += 1
    sum += length
    minimum = min(minimum, length)
    maximum = max(maximum, length)
  }

  /// The lengths that so many thousandths of all do not exceed.
  private func quantiles(_ thousandths: [Int]) -> [Int] {
    let ordered = counts.sorted { $0.key < $1.key }
    return thousandths.map { share in
      let rank = max(1, (count * share + 999) / 1000)
      var seen = 0
      for (length, number) in ordered {
        seen += number
        if seen >= rank { return max(minimum, length) }
      }
      return maximum
    }
  }

  var json: JSONValue {
    if count == 0 { return .null }
    let found = quantiles([100, 500, 900])
    return .object([
      ("minimum", .integer(minimum)), ("p10", .integer(found[0])), ("median", .integer(found[1])),
      ("p90", .integer(found[2])), ("maximum", .integer(maximum)),
      ("mean", .number(Double(sum) / Double(count))),
    ])
  }

  var words: String {
    if count == 0 { return "none" }
    let found = quantiles([100, 500, 900])
    let mean = Words.decimal(Double(sum) / Double(count), 1)
    return
      "\(Words.count(minimum)) to \(Words.count(maximum)), 10 % \(Words.count(found[0])), half "
      + "\(Words.count(found[1])), 90 % \(Words.count(found[2])), mean \(mean)"
  }
}
