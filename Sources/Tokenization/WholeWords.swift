/// SentencePiece's model of whole words: one id for a word, which begins at each U+2581.
struct WholeWords: Sendable {
  private let ids: [[UInt8]: UInt32]
  private let unknownID: UInt32?
  /// Nil without byte fallback.
  private let byteIDs: [UInt32]?

  init(_ model: SentencePieceModel) {
    var ids: [[UInt8]: UInt32] = [:]
    var byteIDs = [UInt32](repeating: 0, count: 256)
    for (id, piece) in model.pieces.enumerated() {
      if piece.kind == .normal || piece.kind == .userDefined { ids[piece.text] = UInt32(id) }
      if piece.kind == .byte, let byte = piece.byte { byteIDs[Int(byte)] = UInt32(id) }
    }
    self.ids = ids
    self.byteIDs = model.hasByteFallback ? byteIDs : nil
    unknownID = model.unknownID
  }

  /// Appends the ids of a normalized text; of unknown words that are neighbours one is left.
  func encode(_ text: [UInt8], into ids: inout [UInt32]) {
    let space: [UInt8] = [0xE2, 0x96, 0x81]
    var start = 0
    var wasUnknown = false
    while start < text.count {
      var end = start + 1
      while end < text.count, !text[end...].starts(with: space) { end += 1 }
      let id = self.ids[Array(text[start..<end])]
      if let id {
        ids.append(id)
      } else if let byteIDs {
        for byte in text[start..<end] { ids.append(byteIDs[Int(byte)]) }
      } else if let unknownID, !wasUnknown {
        ids.append(unknownID)
      }
      wasUnknown = id == nil
      start = end
    }
  }
}
