internal import TextAnalysis

/// What becomes of documents that are connected with the kept one through others only.
package enum ChainRule: String, CaseIterable, SettingChoice {
  /// They must be similar to the kept document themselves, or stay.
  case cut
  /// They are removed: a cluster is everything that is connected.
  case follow
}
