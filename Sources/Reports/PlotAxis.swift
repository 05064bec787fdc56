internal import ByteKernels

/// An axis of a plot: where values stand on it, and its ticks.
package struct PlotAxis {
  /// Where a tick stands, from 0 to 1 along the axis, and what is written there.
  package struct Tick: Equatable {
    package let position: Double
    package let label: String
  }

  package let title: String
  package let ticks: [Tick]
  private let lower: Double
  private let upper: Double
  private let isLogarithmic: Bool

  /// From 0 to 1 for a value within the axis.
  package func position(_ value: Double) -> Double {
    let place = isLogarithmic ? Self.log10(value) : value
    return (place - lower) / (upper - lower)
  }

  private init(
    title: String, lower: Double, upper: Double, isLogarithmic: Bool, values: [Double],
    labels: [String]
  ) {
    self.title = title
    self.lower = lower
    self.upper = upper
    self.isLogarithmic = isLogarithmic
    ticks = zip(values, labels).map { value, label in
      Tick(
        position: ((isLogarithmic ? Self.log10(value) : value) - lower) / (upper - lower),
        label: label)
    }
  }

  /// From 0 to 1 in fifths.
  package static func unit(_ title: String) -> PlotAxis {
    let values = (0...5).map { Double($0) / 5 }
    return PlotAxis(
      title: title, lower: 0, upper: 1, isLogarithmic: false, values: values,
      labels: values.map { Words.decimal($0, 1) })
  }

  /// Names side by side, the first at value 0; of more than `maximumLabelCount` every second, third, ...
  package static func names(_ title: String, _ names: [String], maximumLabelCount: Int = 12)
    -> PlotAxis
  {
    let step = max(1, (names.count + maximumLabelCount - 1) / maximumLabelCount)
    let shown = Array(stride(from: 0, to: names.count, by: step))
    return PlotAxis(
      title: title, lower: -0.5, upper: Double(max(names.count, 1)) - 0.5, isLogarithmic: false,
      values: shown.map(Double.init), labels: shown.map { names[$0] })
  }

  /// Reaches over all values, from one round number to another, with about `count` steps of 1, 2 or 5
  /// times a power of ten; `limits` are not crossed for roundness.
  package static func linear(
    _ title: String, _ values: [Double], count: Int = 5, limits: ClosedRange<Double>? = nil,
    label: ((Double, _ places: Int) -> String)? = nil
  ) -> PlotAxis {
    var (lowest, highest) = (values.min() ?? 0, values.max() ?? 1)
    // What differs only by rounding is equal.
    if !(highest - lowest > 1e-9 * max(abs(lowest), abs(highest))) {
      let room = max(abs(lowest) * 0.1, 0.01)
      (lowest, highest) = (lowest - room, highest + room)
      if let limits {
        (lowest, highest) = (max(lowest, limits.lowerBound), min(highest, limits.upperBound))
      }
    }
    let (step, places) = roundStep((highest - lowest) / Double(count))
    var first = (lowest / step).rounded(.down)
    var last = (highest / step).rounded(.up)
    if let limits {
      first = max(first, (limits.lowerBound / step).rounded(.up))
      last = min(last, (limits.upperBound / step).rounded(.down))
    }
    let ticks = stride(from: first, through: last, by: 1).map { $0 * step }
    let write = label ?? { Words.decimal($0, $1) }
    return PlotAxis(
      title: title, lower: min(first * step, lowest), upper: max(last * step, highest),
      isLogarithmic: false, values: ticks, labels: ticks.map { write($0, places) })
  }

  /// Reaches a little over all values, which are above 0; ticks at powers of ten, or at 1, 2 and 5 times them.
  package static func logarithmic(
    _ title: String, _ values: [Double], label: (Double) -> String
  ) -> PlotAxis {
    let lowest = log10(values.min() ?? 1)
    let highest = log10(values.max() ?? 10)
    let room = max((highest - lowest) * 0.04, 0.05)
    let (lower, upper) = (lowest - room, highest + room)
    let factors: [Double] = highest - lowest < 3 ? [1, 2, 5] : [1]
    let decades = Int(lower.rounded(.down))...Int(upper.rounded(.up))
    let step = max(1, decades.count / 8)
    var ticks: [Double] = []
    for decade in decades where decade % step == 0 {
      ticks += factors.map { $0 * power(of: decade) }
    }
    var shown = ticks.filter { (lower...upper).contains(log10($0)) }
    if shown.count < 2 { shown = Array(Set(values).sorted().prefix(4)) }
    return PlotAxis(
      title: title, lower: lower, upper: upper, isLogarithmic: true, values: shown,
      labels: shown.map(label))
  }

  /// The step of 1, 2 or 5 times a power of ten next above `step`, and the digits after the point it needs.
  private static func roundStep(_ step: Double) -> (step: Double, places: Int) {
    var decade = Int(log10(step).rounded(.down))
    let ratio = step / power(of: decade)
    var factor = 10.0
    for candidate in [1.0, 2, 5] where factor == 10 && ratio <= candidate * 1.000_001 {
      factor = candidate
    }
    if factor == 10 { (factor, decade) = (1, decade + 1) }
    return (factor * power(of: decade), min(max(0, -decade), 9))
  }

  private static func power(of decade: Int) -> Double {
    var power = 1.0
    for _ in 0..<abs(decade) { power *= 10 }
    return decade < 0 ? 1 / power : power
  }

  private static func log10(_ value: Double) -> Double {
    ElementaryFunctions.logarithm(value) / 2.302_585_092_994_046
  }
}
