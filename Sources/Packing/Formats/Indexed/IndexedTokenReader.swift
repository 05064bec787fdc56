internal import ByteKernels

/// Reads a shard of bare tokens beside which a table says where documents end.
///
/// Every document is a sequence, unless the length of sequences is known: then a sequence has the pieces
/// of the documents in it.
package final class IndexedTokenReader: TokenShardReader {
  package let sequenceCount: Int

  private let tokens: FlatTokens
  private let ends: any DocumentEnds
  /// A byte for each token.
  private let mask: MappedFile?
  private let sequenceLength: Int?
  /// What else the format's files say of each other; throws the first contradiction.
  private let verifyFiles: (_ tokenCount: Int) throws(TokenShardError) -> Void

  /// Opens the parts of a shard, which agree on nothing yet but that the file holds whole tokens.
  init(
    _ file: MappedFile, type: TokenType, ends: any DocumentEnds, mask: MappedFile? = nil,
    sequenceLength: Int?,
    verifyFiles: @escaping (_ tokenCount: Int) throws(TokenShardError) -> Void = { _ in }
  ) {
    let length = sequenceLength ?? 0
    self.sequenceLength = length > 0 ? length : nil
    let tokenCount = file.byteCount / type.byteCount
    tokens = FlatTokens(
      file, from: 0, type: type, tokenCount: tokenCount, cut: .every(length > 0 ? length : 1))
    sequenceCount = length > 0 ? tokens.sequenceCount : ends.count
    self.ends = ends
    self.mask = mask
    self.verifyFiles = verifyFiles
  }

  package var path: String { tokens.file.path }
  package var tokenTypeName: String { tokens.type.rawValue }
  package var tokenCount: Int { tokens.tokenCount }
  package var cutLength: Int? { sequenceLength }

  package func read(
    _ sequence: Int, into target: inout PackedSequence
  ) throws(TokenShardError) {
    precondition(sequence >= 0 && sequence < sequenceCount, "no such sequence")
    let range: Range<Int>
    if let length = sequenceLength {
      range = (sequence * length)..<min((sequence + 1) * length, tokenCount)
      target.pieces = try pieces(in: range)
    } else {
      range = try document(sequence)
      target.pieces = [.init(document: PackedSequence.number(sequence), count: range.count)]
    }
    target.tokens = try tokens.ids(range, sequence: sequence)
    target.lossMask = try mask(of: range, sequence: sequence)
  }

  /// Checks that documents end in their order and the last one where the tokens do, and the sizes of
  /// all files.
  package func verify() throws(TokenShardError) {
    for document in 0..<ends.count { _ = try self.document(document) }
    let last = ends.count == 0 ? 0 : ends.end(of: ends.count - 1)
    guard last == UInt64(tokenCount) else {
      throw ends.fault(
        max(0, ends.count - 1),
        .wrongDocumentEnd(
          document: max(0, ends.count - 1), last, expected: "where the tokens do, at \(tokenCount)")
      )
    }
    if let mask { try FlatTokenReader.requireSize(of: mask, tokenCount) }
    try verifyFiles(tokenCount)
  }

  /// The tokens of one document.
  private func document(_ document: Int) throws(TokenShardError) -> Range<Int> {
    let start = document == 0 ? 0 : ends.end(of: document - 1)
    let end = ends.end(of: document)
    guard end >= start, end <= UInt64(tokenCount) else {
      throw ends.fault(
        document,
        .wrongDocumentEnd(document: document, end, expected: "from \(start) to \(tokenCount)"))
    }
    return Int(start)..<Int(end)
  }

  private func pieces(
    in range: Range<Int>
  ) throws(TokenShardError) -> [PackedSequence.Piece] {
    var pieces: [PackedSequence.Piece] = []
    var document = firstDocument(endingAfter: range.lowerBound)
    var place = range.lowerBound
    while place < range.upperBound, document < ends.count {
      let whole = try self.document(document)
      // A search among ends that do not rise may lead anywhere.
      guard whole.lowerBound <= place else {
        throw ends.fault(
          document,
          .wrongDocumentEnd(
            document: max(0, document - 1), UInt64(whole.lowerBound), expected: "\(place) or before"
          ))
      }
      let end = min(whole.upperBound, range.upperBound)
      if end > place {
        pieces.append(
          .init(
            document: PackedSequence.number(document), start: place - whole.lowerBound,
            count: end - place))
        place = end
      }
      document += 1
    }
    if place < range.upperBound {
      pieces.append(
        .init(
          document: PackedSequence.number(ends.count), count: range.upperBound - place))
    }
    return pieces
  }

  /// By halving, which needs ends that rise.
  private func firstDocument(endingAfter token: Int) -> Int {
    var low = 0
    var high = ends.count
    while low < high {
      let middle = (low + high) / 2
      if ends.end(of: middle) > UInt64(token) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func mask(
    of range: Range<Int>, sequence: Int
  ) throws(TokenShardError) -> [UInt8] {
    guard let mask else { return [] }
    guard range.upperBound <= mask.byteCount else {
      throw .malformed(
        path: mask.path, byteOffset: mask.byteCount,
        .truncated(byteCount: mask.byteCount, expected: tokenCount))
    }
    let values = mask.withBytes { [UInt8](copying: $0.extracting(range)) }
    if let position = values.firstIndex(where: { $0 > 1 }) {
      throw .malformed(
        path: mask.path, byteOffset: range.lowerBound + position,
        .wrongMask(sequence: sequence, position: position, values[position]))
    }
    return values
  }
}
