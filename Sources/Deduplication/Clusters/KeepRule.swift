internal import TextAnalysis

/// Which document of a cluster stays; ties go to the first in input order.
package enum KeepRule: String, CaseIterable, SettingChoice {
  case first
  /// The longest text, in bytes.
  case longest
  /// The highest quality score.
  case score
}
