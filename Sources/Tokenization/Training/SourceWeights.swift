internal import ByteKernels
package import TextAnalysis

/// How much an occurrence counts by the source of its document.
///
/// Weights are whole thousandths, so that weighted counts are exact sums, whatever the order.
package struct SourceWeights: Sendable, Equatable {
  /// In thousandths.
  private let given: [String: UInt64]
  private let temperature: Double

  /// How many of a weighted count make one occurrence.
  static let unit: UInt64 = 1000
  /// A weight of a million.
  private static let maximum = 1e9

  /// Refuses weights that are not understood, and those not between a thousandth and a million.
  package init(_ settings: TokenizerSettings) throws(SettingsError) {
    guard settings.samplingTemperature >= 1, settings.samplingTemperature <= 100 else {
      throw SettingsError(setting: "sampling-temperature", message: "Must be from 1 to 100")
    }
    temperature = settings.samplingTemperature
    let numbers = try SourceNumbers(
      settings.sourceWeights, setting: "source-weights", range: 0.001...Self.maximum / 1000)
    var given: [String: UInt64] = [:]
    for name in numbers.names {
      given[name] = UInt64(((numbers[name] ?? 1) * 1000).rounded())
    }
    self.given = given
  }

  /// True when every occurrence counts the same.
  package var areEqual: Bool { given.isEmpty && temperature == 1 }

  /// The name under which a source is counted: one for all that are not told apart.
  package func name(of source: String) -> String {
    temperature > 1 || given[source] != nil ? source : ""
  }

  /// The weight of each source in thousandths, from the bytes of their text.
  ///
  /// With a temperature T a source's share of the text to the power of 1/T becomes its share of the
  /// counts; the largest source counts as much as without (mT5, Xue et al. 2021, section 3.2).
  func weights(_ byteCounts: [String: UInt64]) -> [String: UInt64] {
    let largest = Double(byteCounts.values.max() ?? 1)
    var weights: [String: UInt64] = [:]
    for (source, byteCount) in byteCounts {
      let lift = ElementaryFunctions.power(largest / Double(max(1, byteCount)), 1 - 1 / temperature)
      let weight = (Double(given[source] ?? Self.unit) * lift).rounded()
      weights[source] = UInt64(min(max(1, weight), Self.maximum))
    }
    return weights
  }
}
