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
    /// A slice was made to end inside a unit.
    case wrongCut = "wrong-cut"
    /// A compressed unit comes to more bytes than the settings accept for its size.
    case expansionTooLarge = "expansion-too-large"
    case windowTooLarge = "window-too-large"
    /// The system gave no memory for the window; the file may be sound.
    case outOfMemory = "out-of-memory"
    case dictionaryMissing = "dictionary-missing"
    case unsupportedCompression = "unsupported-compression"
    /// No column of CSV or TSV holds the text.
    case noTextColumn = "no-text-column"
    case unknownFormat = "unknown-format"
    case encrypted
    /// The format allows it, this reader does not read it.
    case unsupportedFeature = "unsupported-feature"
    /// A Parquet page that would take too much memory.
    case pageTooLarge = "page-too-large"
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

extension ShardError {
  /// The first names in quotes, the long ones cut, for a message that stays short whatever a file says.
  static func list(_ names: [String]) -> String {
    let (shownCount, scalarCount) = (20, 100)
    let shown = names.prefix(shownCount).map { name in
      let scalars = name.unicodeScalars
      let head = scalars.prefix(scalarCount)
      return head.endIndex == scalars.endIndex ? "\"\(name)\"" : "\"\(String(head))...\""
    }
    let rest = names.count > shownCount ? " and \(names.count - shownCount) more" : ""
    return shown.joined(separator: ", ") + rest
  }

  /// The text of a cut that lies inside a unit.
  static func wrongCut(unitName: String, nextUnit: Int) -> String {
    "the file was cut for reading where no \(unitName) begins, so the entries from there to byte "
      + "\(nextUnit) are read wrongly; read it whole: set task-bytes above its size"
  }
}
