internal import Packing

/// One stored sequence: its tokens, and which parts of which documents they are.
public struct TokenSequence: Sendable, Equatable {
  /// A run of tokens of one document, or of padding.
  public struct Piece: Sendable, Equatable {
    /// The document's number in its shard; nil for padding.
    public let document: Int?
    /// How many tokens of the document stand before the piece.
    public let start: Int
    /// How many tokens it has.
    public let count: Int
  }

  /// The ids, padding included.
  public let tokens: [UInt32]
  /// In order, without gaps.
  public let pieces: [Piece]
  /// For each token 1 when the loss counts it and 0 when not; padding never counts.
  public let lossMask: [UInt8]

  /// For each token its position in its piece, which is what attention inside documents counts from.
  public var positionIDs: [Int32] {
    pieces.flatMap { 0..<Int32($0.count) }
  }

  /// Where pieces begin, and the number of tokens, as kernels for sequences of unlike length take it.
  public var cumulativeLengths: [Int32] {
    pieces.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) }
  }

  /// The tokens, with -100 where the loss does not count them; a model that predicts the next token
  /// shifts them.
  public var labels: [Int32] {
    zip(tokens, lossMask).map { $1 == 0 ? -100 : Int32(bitPattern: $0) }
  }

  init(_ stored: PackedSequence) {
    var sequence = stored
    sequence.joinPieces()
    tokens = sequence.tokens
    pieces = sequence.pieces.map {
      Piece(document: $0.isPadding ? nil : Int($0.document), start: $0.start, count: $0.count)
    }
    var mask = sequence.lossMask
    if mask.isEmpty { mask = [UInt8](repeating: 1, count: tokens.count) }
    var end = 0
    for piece in sequence.pieces {
      if piece.isPadding { for token in end..<(end + piece.count) { mask[token] = 0 } }
      end += piece.count
    }
    lossMask = mask
  }
}
