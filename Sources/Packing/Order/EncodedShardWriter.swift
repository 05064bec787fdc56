package import ByteKernels

/// Writes the documents of one task as tokens, to be put in order: `PREFIX.tokens`, of each document
/// origin and labels, tokens and loss mask one behind the other, and `PREFIX.index`
/// (``EncodedEntry``).
package final class EncodedShardWriter {
  package private(set) var totals: EncodedTotals

  private let type: TokenType
  private let bodies: OutputFile
  private let index: OutputFile
  private var row = 0
  private var buffer: [UInt8] = []

  /// `sourceCount` is the number of sources that the mixture tells apart.
  package init(
    prefix: String, vocabularySize: Int, sourceCount: Int, sampleLimit: Int
  ) throws(FileError) {
    type = TokenType(unsignedFor: vocabularySize)
    bodies = try OutputFile(path: "\(prefix)\(Self.bodyEnding)")
    index = try OutputFile(path: "\(prefix)\(Self.indexEnding)")
    totals = EncodedTotals(sourceCount: sourceCount, sampleLimit: sampleLimit)
  }

  package static let bodyEnding = ".tokens"
  package static let indexEnding = ".index"

  /// Labels are texts that go with the document to its shard.
  package func append(
    _ document: EncodedDocument, _ origin: DocumentOrigin, labels: [String] = [],
    _ facts: DocumentFacts
  ) throws(FileError) {
    var originBytes = origin.bytes
    for label in labels {
      originBytes.append(littleEndian: UInt32(label.utf8.count))
      originBytes.append(contentsOf: label.utf8)
    }
    let entry = EncodedEntry(
      offset: bodies.byteCount, facts: facts, tokenCount: document.tokens.count,
      originByteCount: originBytes.count, hasLossMask: !document.lossMask.isEmpty)
    try bodies.write(originBytes)
    try write(document.tokens.span)
    try bodies.write(document.lossMask)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(EncodedEntry.byteCount)
    entry.append(to: &bytes)
    try index.write(bytes)
    totals.add(facts, row: row, tokenCount: document.tokens.count)
    row += 1
  }

  private func write(_ tokens: Span<UInt32>) throws(FileError) {
    let byteCount = tokens.count * type.byteCount
    if buffer.count < byteCount { buffer = [UInt8](repeating: 0, count: byteCount) }
    let largest =
      type == .uint16
      ? TokenBytes.store16(tokens, in: &buffer, at: 0)
      : TokenBytes.store32(tokens, in: &buffer, at: 0)
    precondition(type == .uint32 || largest <= UInt16.max, "the id is outside the vocabulary")
    let full = buffer
    try bodies.write(full.span.extracting(0..<byteCount))
  }

  package func publish() throws(FileError) -> [OutputFile.Published] {
    [try bodies.publish(), try index.publish()]
  }
}
