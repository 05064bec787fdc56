internal import ByteKernels

/// Reads a Megatron indexed data set, from any writer, by mapping its two files.
package final class MegatronReader: TokenShardReader, Sendable {
  package let prefix: String
  package let tokenType: MegatronTokenType
  package let sequenceCount: Int
  package let documentCount: Int

  package var path: String { index.path }
  package var tokenTypeName: String { tokenType.type.rawValue }
  package var tokenCount: Int { tokens.byteCount / tokenType.byteCount }

  private let index: MappedFile
  private let tokens: MappedFile

  /// Opens `prefix.bin` and `prefix.idx` and checks the header against the size of the index.
  package init(prefix: String) throws(TokenShardError) {
    self.prefix = prefix
    do throws(FileError) {
      index = try MappedFile(path: MegatronLayout.indexPath(prefix))
      tokens = try MappedFile(path: MegatronLayout.tokensPath(prefix))
    } catch { throw .file(error) }
    let path = index.path
    let header = try index.withBytes { bytes throws(TokenShardError) in
      try MegatronHeader(bytes, path: path)
    }
    tokenType = header.tokenType
    sequenceCount = header.sequenceCount
    documentCount = header.documentIndexCount - 1
  }

  /// The tokens of one sequence; a token that is no id or lies outside the file is an error.
  package func tokens(of sequence: Int) throws(TokenShardError) -> [UInt32] {
    precondition(sequence >= 0 && sequence < sequenceCount, "no such sequence")
    let (length, offset) = try place(of: sequence)
    let byteCount = length * tokenType.byteCount
    guard offset >= 0, offset <= tokens.byteCount, byteCount <= tokens.byteCount - offset else {
      throw fault(
        at: offsetsStart + 8 * sequence,
        .outsideTokens(sequence: sequence, byteCount: tokens.byteCount))
    }
    let loaded = tokens.withBytes { bytes in
      TokenBytes.load(bytes.raw.extracting(offset..<(offset + byteCount)), as: tokenType.type)
    }
    if let position = loaded.firstImpossible {
      throw .malformed(
        path: tokens.path, byteOffset: offset + position * tokenType.byteCount,
        .impossibleToken(sequence: sequence, position: position))
    }
    return loaded.ids
  }

  package func read(
    _ sequence: Int, into target: inout PackedSequence
  ) throws(TokenShardError) {
    target.tokens = try tokens(of: sequence)
    target.pieces = [.init(document: UInt32(sequence), count: target.tokens.count)]
    target.lossMask = []
  }

  /// Checks the whole index and the size of the token file, and throws the first fault.
  ///
  /// Lengths are not negative, each offset is the sum of the lengths before it, the document indices
  /// rise from 0 to the number of sequences, and the token file ends with the last sequence.
  package func verify() throws(TokenShardError) {
    var expected = 0
    for sequence in 0..<sequenceCount {
      let (length, offset) = try place(of: sequence)
      guard offset == expected else {
        throw fault(
          at: offsetsStart + 8 * sequence,
          .wrongOffset(sequence: sequence, offset, expected: expected))
      }
      expected += length * tokenType.byteCount
    }
    try verifyDocumentIndices()
    if tokens.byteCount < expected {
      throw .malformed(
        path: tokens.path, byteOffset: tokens.byteCount,
        .truncated(byteCount: tokens.byteCount, expected: expected))
    }
    if tokens.byteCount > expected {
      throw .malformed(
        path: tokens.path, byteOffset: expected,
        .trailingBytes(byteCount: tokens.byteCount, expected: expected))
    }
  }

  private func verifyDocumentIndices() throws(TokenShardError) {
    let start = offsetsStart + 8 * sequenceCount
    var last = 0
    for entry in 0...documentCount {
      let value = signed64(at: start + 8 * entry)
      let isRight =
        switch entry {
        case 0: value == 0
        case documentCount: value == sequenceCount && value >= last
        default: value >= last && value <= sequenceCount
        }
      guard isRight else {
        let right =
          entry == 0 ? "0" : entry == documentCount ? "\(sequenceCount)" : "\(last) or more"
        throw fault(
          at: start + 8 * entry, .wrongDocumentIndex(entry: entry, value, expected: right))
      }
      last = value
    }
  }

  private var offsetsStart: Int { MegatronLayout.headerByteCount + 4 * sequenceCount }

  private func place(of sequence: Int) throws(TokenShardError) -> (length: Int, offset: Int) {
    let lengthOffset = MegatronLayout.headerByteCount + 4 * sequence
    let length = index.withBytes { Int(Int32(bitPattern: $0.raw.load32(lengthOffset))) }
    guard length >= 0 else {
      throw fault(at: lengthOffset, .negativeLength(sequence: sequence, length))
    }
    return (length, signed64(at: offsetsStart + 8 * sequence))
  }

  private func signed64(at offset: Int) -> Int {
    index.withBytes { Int(Int64(bitPattern: $0.raw.load64(offset))) }
  }

  private func fault(at byteOffset: Int, _ fault: TokenShardError.Fault) -> TokenShardError {
    .malformed(path: index.path, byteOffset: byteOffset, fault)
  }
}
