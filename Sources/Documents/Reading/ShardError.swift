/// A shard cannot be read, or not from some place on.
package struct ShardError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    case cannotOpen = "cannot-open"
    case isADirectory = "is-a-directory"
    /// The system failed while the file was read.
    case unreadable
    case truncated
    case corrupt
    case trailingJunk = "trailing-junk"
    case windowTooLarge = "window-too-large"
    case dictionaryMissing = "dictionary-missing"
    case unsupportedCompression = "unsupported-compression"
    case unknownFormat = "unknown-format"
  }

  package let kind: Code
  package let path: String
  /// In the file as it is on the disk, compressed if it is.
  package let byteOffset: Int
  /// What is wrong and what would help.
  package let message: String

  /// The code as it stands in a ledger.
  package var code: String { kind.rawValue }

  package var description: String { "\(path): byte \(byteOffset): \(code): \(message)" }
}
