internal import TextAnalysis

/// What makes one document of a cluster better than another.
package enum KeepRule: String, CaseIterable, SettingChoice {
  /// The one that comes first in the input.
  case first
  /// The longest text, in bytes.
  case longest
  case shortest
  /// The highest quality score.
  case score
  /// The earliest `created`, else `added`; a document without a date comes last.
  case oldest
  /// The latest `created`, else `added`; a document without a date comes last.
  case newest
  /// The source that stands first in `preferred-sources`.
  case sources
  /// The URL that fits the first of `preferred-urls`; then `https`, no query, the shortest.
  case url
}
