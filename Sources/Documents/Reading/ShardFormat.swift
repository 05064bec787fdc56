/// The format of shards as a setting: `auto`, or one that is read without asking the bytes.
package struct ShardFormat: RawRepresentable, CaseIterable, Sendable, Equatable {
  /// As `--format` and pipeline files spell it.
  package let rawValue: String

  /// Each shard's name and bytes tell its format.
  package static let auto = ShardFormat(unchecked: "auto")
  package static let jsonLines = ShardFormat(unchecked: JSONLinesReader.name)

  package static var allCases: [ShardFormat] {
    [auto] + ReaderCatalog.readers.map { ShardFormat(unchecked: $0.name) }
  }

  /// Nil for a name that no reader has.
  package init?(rawValue: String) {
    let format = ShardFormat(unchecked: rawValue)
    guard Self.allCases.contains(format) else { return nil }
    self = format
  }

  private init(unchecked name: String) {
    rawValue = name
  }

  /// The reader of this format; nil for `auto`.
  var reader: (any RecordSource.Type)? { ReaderCatalog.reader(named: rawValue) }
}
