internal import Documents

/// Reads documents of any format and writes them as JSON lines.
package enum Conversion {
  /// Writes every document of `source` to `output`, whose name's ending says the compression.
  package static func run(_ source: DocumentSource, to output: String) throws {
    let writer = try DocumentWriter(path: output, isChecksummed: false)
    while true {
      try writer.writeLines { source.respell(into: &$0, byteCount: $1) }
      guard let document = source.next() else { break }
      try writer.write(document)
    }
    _ = try writer.publish()
  }
}
