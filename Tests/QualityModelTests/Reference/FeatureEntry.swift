@testable import QualityModel

/// One feature of a text and how often it occurs.
struct FeatureEntry: Equatable, CustomStringConvertible {
  let feature: Int
  let count: Int

  var description: String { "\(feature)×\(count)" }

  /// Counts features given one by one; ascending.
  static func counted(_ features: [Int]) -> [FeatureEntry] {
    var counts: [Int: Int] = [:]
    for feature in features { counts[feature, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { FeatureEntry(feature: $0.key, count: $0.value) }
  }
}

extension FeatureExtractor {
  /// The features of a text, in the order the scratch gives them.
  func entries(_ text: [UInt8], _ scratch: inout FeatureScratch) -> [FeatureEntry] {
    extract(text.span, into: &scratch)
    var entries: [FeatureEntry] = []
    scratch.features.drain { entries.append(FeatureEntry(feature: $0, count: Int($1))) }
    return entries
  }
}
