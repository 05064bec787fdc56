internal import TextAnalysis

/// How it is known that candidates are similar.
package enum VerificationRule: String, CaseIterable, SettingChoice {
  /// By the share of equal min-hashes, an estimate.
  case signature
  /// By the Jaccard similarity of their sets of shingles.
  case exact
  /// Not at all: every candidate is taken.
  case none
}
