internal import TextAnalysis

/// Checks on pairs of settings.
enum Bounds {
  /// Refuses a minimum above its maximum.
  static func check<Value: Comparable>(
    _ name: String, _ minimum: Value?, _ maximum: Value?
  ) throws(SettingsError) {
    guard let minimum, let maximum, minimum > maximum else { return }
    throw SettingsError(
      setting: "minimum-\(name)",
      message: "The minimum \(minimum) is above the maximum \(maximum).")
  }
}
