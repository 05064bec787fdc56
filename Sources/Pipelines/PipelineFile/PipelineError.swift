internal import TextAnalysis

/// A pipeline file or a command is wrong; nothing has run.
package struct PipelineError: Error, Sendable, CustomStringConvertible {
  /// One fault and where it stands.
  package struct Issue: Sendable, Equatable {
    package let file: String
    /// From 1; nil when the fault is not in the file.
    package let line: Int?
    package let column: Int?
    /// Names the thing and says what would be right.
    package let message: String

    package init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
      self.file = file
      self.line = line
      self.column = column
      self.message = message
    }
  }

  /// All faults found, in the order of the file.
  package let issues: [Issue]

  package init(_ issues: [Issue]) {
    self.issues = issues
  }

  package init(file: String, message: String) {
    issues = [Issue(file: file, message: message)]
  }

  /// A setting that was given as an option of the command is wrong.
  init(option error: SettingsError) {
    self.init(file: "--\(error.setting)", message: error.message)
  }

  package var description: String {
    issues.map { issue in
      let place = [issue.file] + [issue.line, issue.column].compactMap { $0.map(String.init) }
      return place.joined(separator: ":") + ": " + issue.message
    }.joined(separator: "\n")
  }
}
