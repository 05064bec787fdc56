/// Which label a text gets from the probabilities of all, as Spark ML defines it.
package enum DecisionRule: Sendable, Equatable {
  /// Of two labels the second, when its probability is above this; from 0 to 1.
  case threshold(Double)
  /// The label with the greatest probability for its threshold, one a label; ties go to the first.
  ///
  /// A label with the threshold 0 wins as soon as it has a probability above 0.
  case thresholds([Double])

  /// What the second of two labels' probability must be above: of one number that, of two as Spark has it,
  /// and 0.5 where there are none or more.
  static func threshold(of thresholds: [Double]) -> Double {
    switch thresholds.count {
    case 1: thresholds[0]
    case 2: 1 / (1 + thresholds[0] / thresholds[1])
    default: 0.5
    }
  }

  /// The position of the label that a text with these probabilities gets.
  package func label(probabilities: [Double]) -> Int {
    switch self {
    case .threshold(let threshold): return probabilities[1] > threshold ? 1 : 0
    case .thresholds(let thresholds):
      var best = 0
      var bestRatio = -Double.infinity
      for (position, probability) in probabilities.enumerated() {
        let threshold = thresholds[position]
        let ratio =
          threshold != 0 ? probability / threshold : probability > 0 ? .infinity : -.infinity
        if ratio > bestRatio { (best, bestRatio) = (position, ratio) }
      }
      return best
    }
  }
}

/// A threshold is coded as a number, thresholds as a list.
extension DecisionRule: Codable {
  package init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let threshold = try? value.decode(Double.self) {
      self = .threshold(threshold)
    } else {
      self = .thresholds(try value.decode([Double].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .threshold(let threshold): try value.encode(threshold)
    case .thresholds(let thresholds): try value.encode(thresholds)
    }
  }
}
