internal import ByteKernels

/// What SentencePiece 0.2.3 asks of a model before it uses it.
extension SentencePieceModel {
  private static let longestPieceByteCount = 7999

  /// Refuses pieces that no text can be encoded with, by their number.
  func check() throws(ProtobufError) {
    if pieces.isEmpty { throw fault("it has no pieces") }
    if pieces.count > Vocabulary.maximumTokenCount {
      throw fault(
        "it has \(pieces.count) pieces; at most \(Vocabulary.maximumTokenCount) can be kept")
    }
    var ids: [[UInt8]: Int] = [:]
    var reservedIDs: [[UInt8]: Int] = [:]
    var unknownCount = 0
    var bytes: Set<UInt8> = []
    for (id, piece) in pieces.enumerated() {
      if isNull(piece) { continue }
      try check(piece, id)
      let isReserved = algorithm != .bpe && piece.kind.isReserved
      let other =
        isReserved
        ? reservedIDs.updateValue(id, forKey: piece.text)
        : ids.updateValue(id, forKey: piece.text)
      if let other { throw fault("piece \(id) has the text of piece \(other)") }
      if piece.kind == .unknown { unknownCount += 1 }
      if piece.kind == .byte, let byte = piece.byte { bytes.insert(byte) }
    }
    if unknownCount > 1 { throw fault("two of its pieces are the unknown one") }
    if unknownCount == 0, !hasByteFallback {
      throw fault("none of its pieces is the unknown one, and it has no byte fallback")
    }
    if hasByteFallback, bytes.count < 256 {
      throw fault("it has byte fallback, but pieces for \(bytes.count) bytes only; all 256 must be")
    }
  }

  /// True for a piece of one zero byte, which is left out where bytes have pieces of their own.
  func isNull(_ piece: Piece) -> Bool {
    piece.text == [0] && (piece.kind == .unused || hasByteFallback)
  }

  private func check(_ piece: Piece, _ id: Int) throws(ProtobufError) {
    if piece.text.isEmpty { throw fault("piece \(id) is empty") }
    if piece.text.count > Self.longestPieceByteCount {
      throw fault(
        "piece \(id) has \(piece.text.count) bytes; at most \(Self.longestPieceByteCount) can be")
    }
    if piece.text.contains(0) { throw fault("piece \(id) holds a zero byte") }
    if !UTF8Validator.isValid(piece.text.span) { throw fault("piece \(id) is not UTF-8") }
    if algorithm == .unigram, !piece.score.isFinite {
      throw fault("piece \(id) has the score \(piece.score)")
    }
    if piece.kind == .byte, !hasByteFallback {
      throw fault("piece \(id) is a byte, but the model has no byte fallback")
    }
    if piece.kind == .byte, piece.byte == nil {
      throw fault("piece \(id) is of type byte, but its text names none")
    }
  }

  private func fault(_ message: String) -> ProtobufError {
    ProtobufError(byteOffset: 0, message: message)
  }
}

extension SentencePieceModel.Piece.Kind {
  /// True for pieces that text never is merged to.
  var isReserved: Bool { self == .unknown || self == .control || self == .byte }
}
