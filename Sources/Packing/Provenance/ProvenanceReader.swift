internal import ByteKernels

/// Reads which tokens of a shard are of which document, by mapping the shard's provenance.
package final class ProvenanceReader: Sendable {
  package var path: String { file.path }
  /// With padding.
  package var tokenCount: Int { header.tokenCount }
  package var sequenceCount: Int { header.sequenceCount }
  package var pieceCount: Int { header.pieceCount }
  package var documentCount: Int { header.documentCount }
  package var hasLossMask: Bool { header.lossMask > 0 }

  private let file: MappedFile
  private let header: ProvenanceHeader

  /// What a token of a shard is.
  package struct Place: Sendable, Equatable {
    package let sequence: Int
    /// The first token of the sequence, counted in the shard.
    package let sequenceStart: Int
    /// The number of the piece in its sequence, from 0.
    package let piece: Int
    /// The first token of the piece, counted in the shard.
    package let pieceStart: Int
    package let content: PackedSequence.Piece
  }

  /// Opens the provenance in the file `path` and checks its header against the size of the file.
  package init(path: String) throws(ProvenanceError) {
    do throws(FileError) { file = try MappedFile(path: path) } catch { throw .file(error) }
    header = try file.withBytes { bytes throws(ProvenanceError) in
      try ProvenanceHeader(bytes, path: path)
    }
  }

  /// The tokens of a sequence, counted in the shard.
  package func tokens(ofSequence sequence: Int) -> Range<Int> {
    precondition(sequence >= 0 && sequence < sequenceCount, "no such sequence")
    return range(sequence, in: header.sequenceEnds)
  }

  /// The pieces of a sequence.
  package func pieces(ofSequence sequence: Int) -> [PackedSequence.Piece] {
    let tokens = tokens(ofSequence: sequence)
    var number = firstPiece(endingAfter: tokens.lowerBound)
    var pieces: [PackedSequence.Piece] = []
    while number < pieceCount {
      let range = range(number, in: header.pieceEnds)
      guard range.upperBound <= tokens.upperBound else { break }
      pieces.append(content(ofPiece: number, count: range.count))
      number += 1
    }
    return pieces
  }

  /// What the token at `offset` of the shard is.
  package func place(ofToken offset: Int) -> Place {
    precondition(offset >= 0 && offset < tokenCount, "no such token")
    let sequence = first(endingAfter: offset, in: header.sequenceEnds, count: sequenceCount)
    let start = range(sequence, in: header.sequenceEnds).lowerBound
    let piece = firstPiece(endingAfter: offset)
    let range = range(piece, in: header.pieceEnds)
    return Place(
      sequence: sequence, sequenceStart: start,
      piece: piece - firstPiece(endingAfter: start), pieceStart: range.lowerBound,
      content: content(ofPiece: piece, count: range.count))
  }

  /// For each of some tokens 1 when the loss counts it and 0 when not; empty without loss masks.
  package func lossMask(of tokens: Range<Int>) -> [UInt8] {
    guard hasLossMask else { return [] }
    let start = header.lossMask + tokens.lowerBound
    return file.withBytes { bytes in
      var mask: [UInt8] = []
      mask.append(copying: bytes.extracting(start..<(start + tokens.count)))
      return mask
    }
  }

  /// Where a document comes from.
  package func origin(ofDocument number: Int) throws(ProvenanceError) -> DocumentOrigin {
    precondition(number >= 0 && number < documentCount, "no such document")
    let block = number / header.blockDocumentCount
    var cursor = try cursor(ofBlock: block)
    for _ in (block * header.blockDocumentCount)..<number { _ = try cursor.next() }
    return try cursor.next()
  }

  /// Calls `body` with every document's number and origin, in order.
  package func forEachOrigin<Failure: Error>(
    _ body: (Int, DocumentOrigin) throws(Failure) -> Void
  ) throws {
    for block in 0..<header.blockCount {
      var cursor = try cursor(ofBlock: block)
      let first = block * header.blockDocumentCount
      for number in first..<min(first + header.blockDocumentCount, documentCount) {
        try body(number, try cursor.next())
      }
    }
  }

  /// Checks that sequences and pieces rise to the number of tokens and end together, that documents
  /// exist and that all origins can be read, and throws the first fault.
  package func verify() throws(ProvenanceError) {
    try verifyPieces()
    try verifyOrigins()
  }

  /// Checks that all origins can be read, and throws the first fault.
  package func verifyOrigins() throws(ProvenanceError) {
    for block in 0..<header.blockCount {
      var cursor = try cursor(ofBlock: block)
      let first = block * header.blockDocumentCount
      for _ in first..<min(first + header.blockDocumentCount, documentCount) {
        _ = try cursor.next()
      }
    }
  }

  /// Checks that sequences and pieces rise to the number of tokens and end together and that documents
  /// exist, and throws the first fault: what the other members take for granted.
  package func verifyPieces() throws(ProvenanceError) {
    var piece = 0
    var (end, pieceEnd) = (0, 0)
    for sequence in 0..<sequenceCount {
      let next = load(sequence, in: header.sequenceEnds)
      let fault = header.sequenceEnds + 8 * sequence
      guard next > end else {
        throw malformed(fault, "sequence \(sequence) ends at token \(next), not behind \(end)")
      }
      end = next
      while piece < pieceCount, pieceEnd < end {
        let next = load(piece, in: header.pieceEnds)
        guard next > pieceEnd, next <= end else {
          throw malformed(
            header.pieceEnds + 8 * piece,
            "piece \(piece) ends at token \(next), not behind \(pieceEnd) and by \(end), where its "
              + "sequence does")
        }
        let document = content(ofPiece: piece, count: next - pieceEnd).document
        guard document == PackedSequence.Piece.padding || Int(document) < documentCount else {
          throw malformed(
            header.pieceDocuments + 4 * piece,
            "piece \(piece) is of document \(document), of \(documentCount)")
        }
        pieceEnd = next
        piece += 1
      }
      guard pieceEnd == end else { throw malformed(fault, "sequence \(sequence) ends in no piece") }
    }
    guard end == tokenCount, piece == pieceCount else {
      throw malformed(
        header.sequenceEnds,
        "sequences end at token \(end) of \(tokenCount) and have \(piece) of \(pieceCount) pieces")
    }
  }

  private func firstPiece(endingAfter token: Int) -> Int {
    first(endingAfter: token, in: header.pieceEnds, count: pieceCount)
  }

  /// The first entry of a rising column that is above `token`; the last when the column is damaged.
  private func first(endingAfter token: Int, in column: Int, count: Int) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      if load(middle, in: column) > token { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// From the end of the entry before to the end of this one; empty when the column is damaged.
  private func range(_ index: Int, in column: Int) -> Range<Int> {
    let start = index == 0 ? 0 : load(index - 1, in: column)
    return start..<max(start, load(index, in: column))
  }

  private func load(_ index: Int, in column: Int) -> Int {
    file.withBytes { Int(truncatingIfNeeded: $0.raw.load64(column + 8 * index)) }
  }

  private func content(ofPiece piece: Int, count: Int) -> PackedSequence.Piece {
    file.withBytes { bytes in
      PackedSequence.Piece(
        document: bytes.raw.load32(header.pieceDocuments + 4 * piece),
        start: Int(bytes.raw.load32(header.pieceStarts + 4 * piece)), count: count)
    }
  }

  private func cursor(ofBlock block: Int) throws(ProvenanceError) -> OriginCursor {
    let entry = header.blockTable + 8 * block
    let start = load(block, in: header.blockTable)
    // The table stands behind the blocks.
    let end =
      block + 1 < header.blockCount ? load(block + 1, in: header.blockTable) : header.blockTable
    guard start >= 0, start <= end, end <= file.byteCount else {
      throw malformed(entry, "block \(block) of origins stands at bytes \(start) to \(end)")
    }
    return OriginCursor(file, from: start, to: end)
  }

  private func malformed(_ byteOffset: Int, _ message: String) -> ProvenanceError {
    .malformed(path: path, byteOffset: byteOffset, message)
  }
}
