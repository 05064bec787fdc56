/// What one document is in a shard of plain text.
package enum TextUnit: String, CaseIterable, Sendable {
  /// The whole file.
  case file
  /// A line, its end left out; blank lines are none.
  case line
  /// What stands between two separators; what is blank is none.
  case separator

  /// What separates documents, and what a writer puts behind each, unless a setting says otherwise:
  /// a line that holds nothing but the ASCII character made for this, RECORD SEPARATOR.
  package static let defaultSeparator = "\n\u{1E}\n"
}
