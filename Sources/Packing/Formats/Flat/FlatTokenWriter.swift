package import ByteKernels

/// Writes a shard that is one file, in which the tokens of all sequences follow a header.
package final class FlatTokenWriter: TokenShardWriter {
  package private(set) var sequenceCount = 0

  private let file: TokenFile
  private let sequenceLength: Int?
  private let largestTokenCount: Int
  private let header: (_ sequenceCount: Int, _ tokenCount: Int) -> [UInt8]

  /// Starts the file; `header` makes the first `headerByteCount` bytes when all tokens are known.
  ///
  /// With a sequence length, every sequence must have it. A sequence that would take the file past
  /// `largestTokenCount` is an error.
  init(
    path: String, type: TokenType, vocabularySize: Int, headerByteCount: Int = 0,
    sequenceLength: Int? = nil, largestTokenCount: Int = .max,
    header: @escaping (_ sequenceCount: Int, _ tokenCount: Int) -> [UInt8] = { _, _ in [] }
  ) throws(FileError) {
    file = try TokenFile(
      path: path, type: type, vocabularySize: vocabularySize, headerByteCount: headerByteCount)
    self.sequenceLength = sequenceLength
    self.largestTokenCount = largestTokenCount
    self.header = header
  }

  package var tokenCount: Int { file.tokenCount }

  package func append(_ sequence: PackedSequence) throws(FileError) {
    precondition(!sequence.tokens.isEmpty, "a sequence has at least one token")
    precondition(
      sequenceLength == nil || sequence.tokens.count == sequenceLength, "all have one length")
    guard sequence.tokens.count <= largestTokenCount - tokenCount else {
      throw .tooLarge(
        "write more than \(largestTokenCount) tokens, for which more shards are needed", file.path)
    }
    try file.append(sequence.tokens.span)
    sequenceCount += 1
  }

  package func publish() throws(FileError) -> [OutputFile.Published] {
    guard sequenceCount > 0 else { return [] }
    return [try file.publish(header: header(sequenceCount, tokenCount))]
  }
}
