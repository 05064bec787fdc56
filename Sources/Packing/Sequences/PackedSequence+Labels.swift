/// What trainers of language models are given beside the ids, as bit patterns of 32-bit integers.
extension PackedSequence {
  /// What trainers leave out of the loss: -100.
  static let ignoredLabel = UInt32(bitPattern: -100)
  /// The document of padding: -1.
  static let paddingSegment = UInt32(bitPattern: -1)

  /// For each token the token, or -100 when the loss does not count it; not shifted.
  var labels: [UInt32] {
    var labels = tokens
    for (index, counts) in lossMask.enumerated() where counts == 0 {
      labels[index] = Self.ignoredLabel
    }
    var start = 0
    for piece in pieces {
      if piece.isPadding {
        for index in start..<(start + piece.count) { labels[index] = Self.ignoredLabel }
      }
      start += piece.count
    }
    return labels
  }

  /// For each token the number of its document in the sequence, from 0, or -1 for padding.
  var segmentIDs: [UInt32] {
    var ids: [UInt32] = []
    ids.reserveCapacity(tokens.count)
    var number: UInt32 = 0
    for piece in pieces {
      ids += repeatElement(piece.isPadding ? Self.paddingSegment : number, count: piece.count)
      number += piece.isPadding ? 0 : 1
    }
    return ids
  }

  /// The pieces that segment ids tell; a document's number is that in the sequence.
  static func pieces(ofSegments ids: [UInt32]) -> [Piece] {
    var pieces: [Piece] = []
    for id in ids {
      let document = id == paddingSegment ? Piece.padding : id
      if pieces.last?.document == document {
        pieces[pieces.count - 1].count += 1
      } else {
        pieces.append(Piece(document: document, count: 1))
      }
    }
    return pieces
  }

  /// The loss mask that labels tell; empty when all but padding count.
  static func lossMask(labels: [UInt32], pieces: [Piece]) -> [UInt8] {
    var mask = labels.map { UInt8($0 == ignoredLabel ? 0 : 1) }
    var start = 0
    var isNeeded = false
    for piece in pieces {
      for index in start..<min(start + piece.count, mask.count)
      where piece.isPadding == (mask[index] == 1) {
        isNeeded = true
      }
      start += piece.count
    }
    if !isNeeded { mask = [] }
    return mask
  }
}
