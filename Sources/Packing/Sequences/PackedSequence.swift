/// One training sequence: its tokens, and which parts of which documents they are.
package struct PackedSequence: Sendable, Equatable {
  /// A run of tokens of one document, or of padding.
  package struct Piece: Sendable, Equatable {
    /// The number of the document in its shard; `padding` for tokens that are of none.
    package var document: UInt32
    /// How many tokens of the document stand before the piece.
    package var start: Int
    package var count: Int

    package static let padding = UInt32.max

    package init(document: UInt32, start: Int = 0, count: Int) {
      self.document = document
      self.start = start
      self.count = count
    }

    package var isPadding: Bool { document == Self.padding }
  }

  package var tokens: [UInt32]
  /// In order, without gaps: their counts add up to the number of tokens.
  package var pieces: [Piece]
  /// For each token 1 when the loss counts it and 0 when not; empty when all but padding count.
  package var lossMask: [UInt8]

  package init(tokens: [UInt32] = [], pieces: [Piece] = [], lossMask: [UInt8] = []) {
    self.tokens = tokens
    self.pieces = pieces
    self.lossMask = lossMask
  }

  /// A whole document as a sequence of its own.
  package init(_ document: EncodedDocument) {
    self.init(
      tokens: document.tokens,
      pieces: [Piece(document: document.number, count: document.tokens.count)],
      lossMask: document.lossMask)
  }

  /// Makes one piece of neighbours of which each goes on where the one before it ends in their document,
  /// and one of padding beside padding.
  package mutating func joinPieces() {
    var joined: [Piece] = []
    for piece in pieces {
      if let last = joined.last, last.document == piece.document,
        last.isPadding || last.start + last.count == piece.start
      {
        joined[joined.count - 1].count += piece.count
      } else {
        joined.append(piece)
      }
    }
    pieces = joined
  }

  /// A number as that of a document; one that 32 bits do not hold is the largest that there is.
  package static func number(_ number: Int) -> UInt32 {
    UInt32(clamping: min(number, Int(Piece.padding) - 1))
  }

  package var paddingCount: Int {
    pieces.reduce(0) { $0 + ($1.isPadding ? $1.count : 0) }
  }

  /// For each token 1 when the loss counts it: the mask, or all but padding where there is none.
  package var fullLossMask: [UInt8] {
    if !lossMask.isEmpty { return lossMask }
    var mask: [UInt8] = []
    mask.reserveCapacity(tokens.count)
    for piece in pieces {
      mask.append(contentsOf: repeatElement(piece.isPadding ? 0 : 1, count: piece.count))
    }
    return mask
  }

  /// Where each piece ends, counted in tokens from the sequence's start.
  package var cumulativeLengths: [Int] {
    var end = 0
    return pieces.map { piece in
      end += piece.count
      return end
    }
  }

  /// For each token its position in its piece, which is what block-diagonal attention counts from.
  package var positionIDs: [UInt32] {
    var positions: [UInt32] = []
    positions.reserveCapacity(tokens.count)
    for piece in pieces { positions.append(contentsOf: 0..<UInt32(piece.count)) }
    return positions
  }
}
