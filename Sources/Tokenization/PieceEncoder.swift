/// Makes ids of texts whose added tokens have been found and that are normalized.
final class PieceEncoder {
  private enum Model {
    case byteLevel(ByteLevelEncoder)
    case characters(CharacterEncoder)
    case unigram(UnigramEncoder)
    case sentencePiece(SentencePieceEncoder)
  }

  private let model: Model
  private let preTokenizer: PreTokenizer
  /// Whether the model takes whole texts and splits them by itself.
  private let takesTexts: Bool
  /// Whether normalizers leave bytes spelled in the byte alphabet.
  private let spellsBytes: Bool
  private let missingBytes: Set<UInt8>

  init(_ tables: ModelTables, _ vocabulary: Vocabulary, cacheByteCount: Int) {
    preTokenizer = vocabulary.preTokenizer
    spellsBytes = vocabulary.spellsBytesByNormalizer
    var missing: Set<UInt8> = []
    switch tables {
    case .byteLevel(let tables):
      model = .byteLevel(ByteLevelEncoder(tables, cacheByteCount: cacheByteCount))
      missing = tables.missingBytes
      takesTexts = vocabulary.pattern != nil && !spellsBytes
    case .characters(let tables):
      model = .characters(CharacterEncoder(tables, cacheByteCount: cacheByteCount))
      takesTexts = preTokenizer.steps.isEmpty
    case .unigram(let tables):
      model = .unigram(UnigramEncoder(tables, cacheByteCount: cacheByteCount))
      takesTexts = preTokenizer.steps.isEmpty
    case .sentencePiece(let tables):
      model = .sentencePiece(SentencePieceEncoder(tables, cacheByteCount: cacheByteCount))
      takesTexts = true
    }
    missingBytes = missing
  }

  /// Whether texts can be cut without a change of their ids at places that `SafeCut` finds.
  var hasSafeCuts: Bool {
    guard case .byteLevel(let encoder) = model else { return false }
    return takesTexts && missingBytes.isEmpty && encoder.pattern.hasSafeCuts
  }

  /// Appends the ids of a text; `beginsText` tells that nothing stands before it.
  func encode(_ text: Span<UInt8>, beginsText: Bool, into ids: inout [UInt32]) {
    if takesTexts, !lacksBytes(text) {
      encodeWhole(text, into: &ids)
    } else {
      encode(AlignedText(text, offset: nil), beginsText: beginsText, into: &ids)
    }
  }

  /// Appends the ids of a text; `beginsText` tells that nothing stands before it.
  func encode(_ text: AlignedText, beginsText: Bool, into ids: inout [UInt32]) {
    if takesTexts, !lacksBytes(text.bytes.span) {
      return encodeWhole(text.bytes.span, into: &ids)
    }
    for piece in pieces(of: text, beginsText: beginsText) { encode(piece, into: &ids) }
  }

  /// How many ids a text becomes.
  func count(_ text: Span<UInt8>) -> Int {
    if takesTexts, missingBytes.isEmpty, case .byteLevel(let encoder) = model {
      return encoder.count(text)
    }
    var ids: [UInt32] = []
    encode(text, beginsText: true, into: &ids)
    return ids.count
  }

  /// A piece that the model sees, without bytes that it has no token for.
  struct Piece {
    let text: AlignedText
    /// No byte was left out.
    let isWhole: Bool
  }

  /// The pieces of a text in order.
  func pieces(of text: AlignedText, beginsText: Bool) -> [Piece] {
    let (text, ends) = cut(text, beginsText)
    var pieces: [Piece] = []
    var start = 0
    for end in ends {
      var piece = text.slice(start..<end)
      start = end
      if spellsBytes { piece.map { ByteAlphabet.byte($0).map { [$0] } ?? [] } }
      let isWhole = !lacksBytes(piece.bytes.span)
      if !isWhole { piece.filter { !missingBytes.contains($0) } }
      pieces.append(Piece(text: piece, isWhole: isWhole))
    }
    return pieces
  }

  private func cut(_ text: AlignedText, _ beginsText: Bool) -> (AlignedText, ends: [Int]) {
    if takesTexts, case .byteLevel(let encoder) = model {
      return (text, PieceEnds.ends(of: text.bytes.span, encoder.pattern))
    }
    let list = preTokenizer.pieces(of: text, beginsText: beginsText)
    return (list.text, list.ends)
  }

  /// Appends the ids of one piece.
  func encode(_ piece: Piece, into ids: inout [UInt32]) {
    if case .byteLevel(let encoder) = model, !piece.isWhole {
      // What is left of a piece is no whole piece, though it may look like a token.
      encoder.merge(piece.text.bytes.span, into: &ids)
    } else {
      encode(piece: piece.text.bytes.span, into: &ids)
    }
  }

  private func encode(piece: Span<UInt8>, into ids: inout [UInt32]) {
    switch model {
    case .byteLevel(let encoder): encoder.encode(piece: piece, into: &ids)
    case .characters(let encoder): encoder.encode(piece, into: &ids)
    case .unigram(let encoder): encoder.encode(piece, into: &ids)
    case .sentencePiece(let encoder): encoder.encode(piece, into: &ids)
    }
  }

  private func encodeWhole(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if case .byteLevel(let encoder) = model {
      encoder.encode(text, into: &ids)
    } else {
      encode(piece: text, into: &ids)
    }
  }

  private func lacksBytes(_ text: Span<UInt8>) -> Bool {
    if missingBytes.isEmpty { return false }
    for index in text.indices where missingBytes.contains(text[index]) { return true }
    return false
  }
}

extension Vocabulary {
  /// Whether a normalizer, and no step of the pre-tokenizer, spells bytes in the byte alphabet.
  fileprivate var spellsBytesByNormalizer: Bool {
    model == .byteLevel && normalizers.contains(.byteLevel) && !preTokenizer.spellsBytes
  }
}
