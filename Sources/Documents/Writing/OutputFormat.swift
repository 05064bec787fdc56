package import ByteKernels

/// A format that documents are written in, and the compression around it, by the ending of a name.
///
/// Adding a format is its writer and its line in `kinds`.
package struct OutputFormat: Sendable {
  private struct Kind: Sendable {
    let ending: String
    let compressions: [OutputCompression]
    /// What makes the file's bytes of documents, where units can be put one behind the other.
    let form: DocumentEncoder.Form?
    /// What writes a file that must be made in one go.
    let open: @Sendable (String) throws(FileError) -> any DocumentSink
  }

  private static func kinds(separator: [UInt8]) -> [Kind] {
    [
      units(".jsonl", .jsonLines), units(".json", .jsonLines), units(".ndjson", .jsonLines),
      units(".txt", .text(separator: separator)), units(".text", .text(separator: separator)),
      Kind(ending: ".parquet", compressions: [.none], form: nil) { (path) throws(FileError) in
        try ParquetDocumentWriter(path: path)
      },
    ]
  }

  private static func units(_ ending: String, _ form: DocumentEncoder.Form) -> Kind {
    Kind(ending: ending, compressions: OutputCompression.allCases, form: form) {
      (path) throws(FileError) in try DocumentWriter(path: path, form: form)
    }
  }

  /// With the dot and the compression: `.jsonl.zst`.
  package let ending: String
  package let compression: OutputCompression
  private let kind: Kind

  /// The format that a file's name, or a bare ending, asks for; nil when it is no known one.
  ///
  /// `separator` goes behind each document of plain text.
  package init?(
    path: String, separator: [UInt8] = Array(TextUnit.defaultSeparator.utf8)
  ) {
    for kind in Self.kinds(separator: separator) {
      for compression in kind.compressions {
        let ending = kind.ending + compression.rawValue
        guard path.hasSuffix(ending) else { continue }
        self.kind = kind
        self.ending = ending
        self.compression = compression
        return
      }
    }
    return nil
  }

  /// The endings there are, for a person.
  package static var endings: String {
    kinds(separator: []).map { kind in
      let compressed = kind.compressions.map(\.rawValue).filter { !$0.isEmpty }
      return kind.ending + (compressed.isEmpty ? "" : "[\(compressed.joined(separator: "|"))]")
    }.joined(separator: ", ")
  }

  /// True when a file's bytes are units that can be put one behind the other.
  package var isMadeOfUnits: Bool { kind.form != nil }

  /// An encoder of units; nil when a file must be made in one go.
  package func encoder() -> DocumentEncoder? {
    kind.form.map { DocumentEncoder(form: $0, compression: compression) }
  }

  package func open(_ path: String) throws(FileError) -> any DocumentSink {
    try kind.open(path)
  }
}
