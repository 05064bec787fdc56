internal import ByteKernels
internal import QualityModel
package import TextAnalysis

/// The settings that a search tries.
package struct SearchSpace: Sendable, Equatable {
  /// One setting with what it may be.
  package struct Axis: Sendable, Equatable {
    package enum Values: Sendable, Equatable {
      case list([String])
      /// Drawn evenly between the logarithms of the bounds, or between the bounds when one is not above 0.
      case range(ClosedRange<Double>)
    }

    package let name: String
    package let values: Values

    /// `name=value,value,...` or `name=low..high`; nil when the text is neither.
    package init?(_ text: String) {
      let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else { return nil }
      name = sides[0]
      let bounds = sides[1].split(separator: "..", omittingEmptySubsequences: false)
      if bounds.count == 2 {
        guard let low = Double(bounds[0]), let high = Double(bounds[1]), low < high,
          (high - low).isFinite
        else { return nil }
        values = .range(low...high)
      } else {
        let list = Self.items(of: sides[1])
        if list.isEmpty { return nil }
        values = .list(list)
      }
    }

    /// Splits at commas that stand outside of brackets.
    private static func items(of text: String) -> [String] {
      var items: [String] = []
      var item = ""
      var depth = 0
      for character in text {
        if character == ",", depth == 0 {
          items.append(item)
          item = ""
          continue
        }
        depth += character == "[" ? 1 : character == "]" ? -1 : 0
        item.append(character)
      }
      return (items + [item]).filter { !$0.isEmpty }
    }

    func draw(_ draw: DocumentDraw) -> String {
      let uniform = draw.uniform(for: name)
      switch values {
      case .list(let list): return list[Int(uniform * Double(list.count))]
      case .range(let range):
        let (low, high) = (range.lowerBound, range.upperBound)
        if low <= 0 { return "\(low + uniform * (high - low))" }
        return "\(low * ElementaryFunctions.power(high / low, uniform))"
      }
    }
  }

  /// One choice for each axis, in their order.
  package typealias Combination = [(name: String, value: String)]

  package let axes: [Axis]

  package init(_ axes: [Axis]) {
    self.axes = axes
  }

  /// Refuses axes that are no settings of a kind, stand twice, or draw fractions for a whole number.
  package func check<Settings: StepSettings>(_ type: Settings.Type) throws(PipelineError) {
    var seen: Set<String> = []
    for axis in axes {
      let place = "--try \(axis.name)"
      guard let setting = Settings.settings.first(where: { $0.name == axis.name }) else {
        throw PipelineError(
          file: place,
          message: "no setting of training; there are "
            + Settings.settings.map(\.name).joined(separator: ", "))
      }
      if !seen.insert(axis.name).inserted {
        throw PipelineError(file: place, message: "stands twice; name all its values at once")
      }
      var settings = Settings()
      if case .range = axis.values, !setting.set(&settings, .number(0.5)) {
        throw PipelineError(
          file: place,
          message: "must be \(setting.expectation), and bounds draw fractions: write the values "
            + "to try, \(axis.name)=V1,V2")
      }
    }
  }

  /// Whether every axis is a list.
  package var isFinite: Bool {
    axes.allSatisfy { if case .list = $0.values { true } else { false } }
  }

  /// Every combination, the last axis fastest; ranges must not be among them.
  package var grid: [Combination] {
    var combinations: [Combination] = [[]]
    for axis in axes {
      guard case .list(let values) = axis.values else { preconditionFailure("a range has no grid") }
      combinations = combinations.flatMap { combination in
        values.map { combination + [(axis.name, $0)] }
      }
    }
    return combinations
  }

  /// As many combinations by chance as asked for, no two alike, or all there are: a function of the seed.
  package func sample(_ count: Int, seed: Int) -> [Combination] {
    if isFinite, count >= combinationCount { return grid }
    var combinations: [Combination] = []
    var seen: Set<[String]> = []
    var trial = 0
    while combinations.count < count {
      let draw = DocumentDraw(id: "trial-\(trial)", seed: UInt64(seed))
      let combination = axes.map { (name: $0.name, value: $0.draw(draw)) }
      trial += 1
      if seen.insert(combination.map(\.value)).inserted { combinations.append(combination) }
    }
    return combinations
  }

  /// Combinations of the grid, or more than can be counted.
  private var combinationCount: Int {
    axes.reduce(1) { product, axis in
      guard case .list(let values) = axis.values else { return product }
      let (next, isTooMany) = product.multipliedReportingOverflow(by: Set(values).count)
      return isTooMany ? .max : next
    }
  }
}
