package import ByteKernels

/// Writes a tokenized file of datatrove with index and metadata, and the loss mask if there may be one.
///
/// All of it goes to the disk as it comes, so that memory does not grow.
package final class DatatroveWriter: TokenShardWriter {
  package private(set) var sequenceCount = 0

  private let prefix: String
  private let tokenizerName: String
  private let tokens: TokenFile
  private let index: OutputFile
  private let loss: OutputFile?

  /// Starts `prefix.ds` and what stands beside it under temporary names.
  init(prefix: String, _ description: TokenShardDescription) throws(FileError) {
    self.prefix = prefix
    tokenizerName = description.tokenizerName
    tokens = try TokenFile(
      path: prefix + ".ds", type: TokenType(unsignedFor: description.vocabularySize),
      vocabularySize: description.vocabularySize)
    index = try OutputFile(path: prefix + ".ds.index")
    loss = description.hasLossMasks ? try OutputFile(path: prefix + ".ds.loss") : nil
  }

  package var tokenCount: Int { tokens.tokenCount }

  package func append(_ sequence: PackedSequence) throws(FileError) {
    precondition(!sequence.tokens.isEmpty, "a sequence has at least one token")
    var ends: [UInt8] = []
    ends.reserveCapacity(8 * sequence.pieces.count)
    for length in sequence.cumulativeLengths {
      ends.append(littleEndian: UInt64(tokenCount + length))
    }
    try index.write(ends)
    try tokens.append(sequence.tokens.span)
    try loss?.write(sequence.fullLossMask)
    sequenceCount += 1
  }

  package func publish() throws(FileError) -> [OutputFile.Published] {
    guard sequenceCount > 0 else { return [] }
    var published = [try index.publish()]
    if let loss { published.append(try loss.publish()) }
    let metadata = try OutputFile(path: prefix + ".ds.metadata")
    try metadata.write(
      DatatroveMetadata.bytes(
        tokenizerName: tokenizerName, type: tokens.type, tokenCount: tokenCount))
    published.append(try metadata.publish())
    // Readers look for the tokens, and find the rest beside them.
    published.append(try tokens.publish())
    return published
  }
}
