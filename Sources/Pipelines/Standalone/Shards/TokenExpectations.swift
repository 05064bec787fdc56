internal import ByteKernels
internal import Packing

/// What the tokens of a shard must be, as far as it is known.
struct TokenExpectations: Sendable {
  /// One more than the largest id.
  var vocabularySize: Int?
  var endOfDocument: UInt32?
  var beginningOfDocument: UInt32?
  /// The id of padding, where the padding is known.
  var padding: UInt32?
  /// True when every sequence is a document.
  var isDocuments = false
  /// True when pieces are parts of documents for certain, so that one that ends before its sequence does
  /// ends its document.
  var hasPieces = false
  /// True when pieces may stop inside of a sequence without the end of their document.
  var cutsDocuments = false
  /// True when documents were taken out, so that padding may follow where a sequence ended.
  var hasForgotten = false
  /// False when texts may hold the end of document themselves.
  var endsOnlyDocuments = true

  /// Checks a sequence that begins at `offset` of a shard.
  func check(
    _ sequence: PackedSequence, at offset: Int, _ file: String, _ faults: inout ShardFaults
  ) {
    if let vocabularySize, let largest = sequence.tokens.max(), largest >= vocabularySize {
      let position = sequence.tokens.firstIndex { $0 >= vocabularySize } ?? 0
      faults.add(
        .outsideVocabulary, file, tokenOffset: offset + position,
        "id \(sequence.tokens[position]) is not below the vocabulary size \(vocabularySize)")
    }
    guard endOfDocument != nil || beginningOfDocument != nil || padding != nil else { return }
    var start = 0
    for (number, piece) in sequence.pieces.enumerated() {
      let range = start..<min(start + piece.count, sequence.tokens.count)
      start = range.upperBound
      if range.isEmpty { continue }
      if piece.isPadding {
        checkPadding(sequence.tokens[range], at: offset, file, &faults)
      } else {
        checkDocument(
          sequence.tokens[range], piece, reachesEnd: reachesEnd(number, of: sequence.pieces),
          at: offset, file, &faults)
      }
    }
  }

  /// True when a piece may have reached to the end of its sequence, so that its document may go on.
  func reachesEnd(_ number: Int, of pieces: [PackedSequence.Piece]) -> Bool {
    let next = number + 1
    return next == pieces.count || (hasForgotten && pieces[next...].allSatisfy(\.isPadding))
  }

  private func checkPadding(
    _ tokens: ArraySlice<UInt32>, at offset: Int, _ file: String, _ faults: inout ShardFaults
  ) {
    guard let padding, let position = tokens.firstIndex(where: { $0 != padding }) else { return }
    faults.add(
      .wrongPadding, file, tokenOffset: offset + position,
      "\(tokens[position]) stands where the padding \(padding) should")
  }

  private func checkDocument(
    _ tokens: ArraySlice<UInt32>, _ piece: PackedSequence.Piece, reachesEnd: Bool, at offset: Int,
    _ file: String, _ faults: inout ShardFaults
  ) {
    if let beginningOfDocument, piece.start == 0, hasPieces || isDocuments,
      tokens.first != beginningOfDocument
    {
      faults.add(
        .missingBeginning, file, tokenOffset: offset + tokens.startIndex,
        "document \(piece.document) does not begin with \(beginningOfDocument)")
    }
    guard let end = endOfDocument else { return }
    if endsOnlyDocuments, hasPieces || isDocuments,
      let position = tokens.dropLast().firstIndex(of: end)
    {
      faults.add(
        .endInside, file, tokenOffset: offset + position,
        "the end of document \(end) stands inside of document \(piece.document)")
    }
    if tokens.last != end, isDocuments || (hasPieces && !cutsDocuments && !reachesEnd) {
      faults.add(
        .missingEnd, file, tokenOffset: offset + tokens.endIndex - 1,
        "document \(piece.document) does not end with \(end)")
    }
  }
}
