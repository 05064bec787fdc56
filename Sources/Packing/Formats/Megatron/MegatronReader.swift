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
    target.pieces = [try piece(sequence, count: target.tokens.count)]
    target.lossMask = []
  }

  /// The document of a sequence and its tokens in sequences before, by the document indices.
  ///
  /// A document has several sequences where a text was split into sentences.
  private func piece(
    _ sequence: Int, count: Int
  ) throws(TokenShardError) -> PackedSequence.Piece {
    // The last document that begins at or before the sequence; empty ones have none.
    var (low, high) = (0, documentCount - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if documentIndex(middle) <= sequence { low = middle } else { high = middle - 1 }
    }
    let first = documentCount > 0 ? documentIndex(low) : sequence
    guard first != sequence else {
      return .init(document: PackedSequence.number(low), count: count)
    }
    guard (0..<sequence).contains(first) else {
      throw fault(
        at: documentsStart + 8 * low,
        .wrongDocumentIndex(entry: low, first, expected: "from 0 to \(sequence)"))
    }
    let (start, end) = (try place(of: first).offset, try place(of: sequence).offset)
    guard start >= 0, end >= start else {
      throw fault(
        at: offsetsStart + 8 * sequence,
        .wrongOffset(sequence: sequence, end, expected: start))
    }
    return .init(
      document: PackedSequence.number(low), start: (end - start) / tokenType.byteCount,
      count: count)
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
    var last = 0
    for entry in 0...documentCount {
      let value = documentIndex(entry)
      let isRight =
        value >= last && value <= sequenceCount && (entry > 0 || value == 0)
        && (entry < documentCount || value == sequenceCount)
      guard isRight else {
        let right =
          entry == documentCount ? "\(sequenceCount)" : entry == 0 ? "0" : "\(last) or more"
        throw fault(
          at: documentsStart + 8 * entry,
          .wrongDocumentIndex(entry: entry, value, expected: right))
      }
      last = value
    }
  }

  private var offsetsStart: Int { MegatronLayout.headerByteCount + 4 * sequenceCount }

  private var documentsStart: Int { offsetsStart + 8 * sequenceCount }

  /// The sequence that a document begins with.
  private func documentIndex(_ entry: Int) -> Int { signed64(at: documentsStart + 8 * entry) }

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
