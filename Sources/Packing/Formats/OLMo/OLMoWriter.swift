package import ByteKernels

/// Writes the tokens and the table of documents that OLMo reads.
///
/// Origins wait until the pieces of their documents come, on disk when they are many: only 8 bytes for
/// each document stay in memory.
package final class OLMoWriter: TokenShardWriter {
  package private(set) var sequenceCount = 0

  private let tokens: TokenFile
  private let table: OutputFile
  private let encoder = GzipEncoder()
  private let origins: SpilledRows
  private var rows: [UInt8] = []

  private static let bufferSize = 1 << 17

  /// Starts `prefix.npy` and `prefix.csv.gz` under temporary names.
  init(prefix: String, vocabularySize: Int) throws(FileError) {
    tokens = try TokenFile(
      path: prefix + OLMoLayout.tokensEnding, type: TokenType(unsignedFor: vocabularySize),
      vocabularySize: vocabularySize)
    table = try OutputFile(path: prefix + OLMoLayout.tableEnding)
    origins = SpilledRows(besides: prefix + OLMoLayout.tableEnding)
  }

  package var tokenCount: Int { tokens.tokenCount }

  package func add(_ origin: DocumentOrigin) throws(FileError) {
    let source = origin.source.isEmpty ? origin.record : origin.source
    // dolma counts the lines of an input file from 1; here it is the documents of the shard.
    try origins.append(
      Array("\(field(origin.id)),\(field(source)),\(origins.count + 1)\r\n".utf8))
  }

  package func append(_ sequence: PackedSequence) throws(FileError) {
    precondition(!sequence.tokens.isEmpty, "a sequence has at least one token")
    var start = tokenCount
    for piece in sequence.pieces {
      let end = start + piece.count
      rows.append(contentsOf: "\(start),\(end),".utf8)
      if piece.isPadding {
        rows.append(contentsOf: ",,0\r\n".utf8)
      } else {
        rows.append(contentsOf: try origins.row(Int(piece.document)))
      }
      start = end
    }
    if rows.count >= Self.bufferSize { try flush() }
    try tokens.append(sequence.tokens.span)
    sequenceCount += 1
  }

  package func publish() throws(FileError) -> [OutputFile.Published] {
    guard sequenceCount > 0 else { return [] }
    try flush()
    var last: [UInt8] = []
    encoder.finishMember(into: &last)
    try table.write(last)
    // Readers look for the tokens, and find the table beside them.
    let publishedTable = try table.publish()
    return [publishedTable, try tokens.publish()]
  }

  private func flush() throws(FileError) {
    var compressed: [UInt8] = []
    encoder.encode(rows.span, into: &compressed)
    rows.removeAll(keepingCapacity: true)
    try table.write(compressed)
  }

  /// A field of the table, in quotes where it needs them.
  ///
  /// A line feed becomes a space even so: OLMo-core parts rows at line feeds whatever the quotes.
  private func field(_ text: String) -> String {
    var field = ""
    var isQuoted = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r": field.append(" ")
      case "\"":
        isQuoted = true
        field.append("\"\"")
      default:
        if scalar == "," { isQuoted = true }
        field.unicodeScalars.append(scalar)
      }
    }
    return isQuoted ? "\"\(field)\"" : field
  }
}
