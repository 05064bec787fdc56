internal import ByteKernels

/// Reads a shard whose tokens stand back to back after a header, for the formats that hold no more.
///
/// Opening one checks header and size, which is all that such a format lets one check.
package final class FlatTokenReader: TokenShardReader {
  private let tokens: FlatTokens

  /// Takes the tokens from byte `start` of the file on, all of which the caller has found to be there.
  init(
    _ file: MappedFile, from start: Int, type: TokenType, tokenCount: Int, cut: TokenCut
  ) {
    tokens = FlatTokens(file, from: start, type: type, tokenCount: tokenCount, cut: cut)
  }

  package var path: String { tokens.file.path }
  package var tokenTypeName: String { tokens.type.rawValue }
  package var sequenceCount: Int { tokens.sequenceCount }
  package var tokenCount: Int { tokens.tokenCount }
  package var cutLength: Int? { tokens.cutLength }

  package func read(
    _ sequence: Int, into target: inout PackedSequence
  ) throws(TokenShardError) {
    try tokens.read(sequence, into: &target)
  }

  package func verify() throws(TokenShardError) {}

  /// The number of tokens in a file of nothing else; none, or a part of one, is an error.
  static func tokenCount(
    of file: MappedFile, type: TokenType
  ) throws(TokenShardError) -> Int {
    let width = type.byteCount
    if file.byteCount == 0 {
      throw .malformed(
        path: file.path, byteOffset: 0, .truncated(byteCount: 0, expected: width))
    }
    guard file.byteCount % width == 0 else {
      throw .malformed(
        path: file.path, byteOffset: file.byteCount / width * width,
        .partialToken(byteCount: file.byteCount, tokenByteCount: width))
    }
    return file.byteCount / width
  }

  /// Requires that a file ends after `expected` bytes.
  static func requireSize(
    of file: MappedFile, _ expected: Int
  ) throws(TokenShardError) {
    if file.byteCount < expected {
      throw .malformed(
        path: file.path, byteOffset: file.byteCount,
        .truncated(byteCount: file.byteCount, expected: expected))
    }
    if file.byteCount > expected {
      throw .malformed(
        path: file.path, byteOffset: expected,
        .trailingBytes(byteCount: file.byteCount, expected: expected))
    }
  }
}
