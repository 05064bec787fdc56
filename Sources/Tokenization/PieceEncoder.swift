/// What encoders of one vocabulary share.
enum ModelTables: Sendable {
  case byteLevel(EncodingTables)
  case characters(CharacterTables)
  case unigram(UnigramTables)
  case sentencePiece(SentencePieceTables)

  init(_ vocabulary: Vocabulary) throws(VocabularyError) {
    switch vocabulary.model {
    case .byteLevel: self = .byteLevel(try EncodingTables(vocabulary))
    case .characters(let rules):
      self = .characters(
        CharacterTables(
          try CharacterTablesBuilder(
            tokens: vocabulary.modelTokens, merges: vocabulary.merges, rules: rules,
            acceptsWholePieces: vocabulary.acceptsWholePreTokens)))
    case .unigram(let scores, let rules):
      self = .unigram(
        try UnigramTables(tokens: vocabulary.modelTokens, scores: scores, rules: rules))
    case .sentencePiece(let model): self = .sentencePiece(try SentencePieceTables(model))
    }
  }
}

/// Makes ids of texts whose added tokens have been found and that are normalized.
struct PieceEncoder {
  private enum Model {
    case byteLevel(BytePieceEncoder)
    case characters(CharacterEncoder)
    case unigram(UnigramEncoder)
    case sentencePiece(SentencePieceEncoder)
  }

  private let model: Model

  init(_ tables: ModelTables, cacheByteCount: Int) {
    model =
      switch tables {
      case .byteLevel(let tables):
        .byteLevel(BytePieceEncoder(tables, cacheByteCount: cacheByteCount))
      case .characters(let tables):
        .characters(CharacterEncoder(tables, cacheByteCount: cacheByteCount))
      case .unigram(let tables):
        .unigram(UnigramEncoder(tables, cacheByteCount: cacheByteCount))
      case .sentencePiece(let tables):
        .sentencePiece(SentencePieceEncoder(tables, cacheByteCount: cacheByteCount))
      }
  }

  /// Whether texts can be cut without a change of their ids at places that `SafeCut` finds.
  var hasSafeCuts: Bool {
    if case .byteLevel(let encoder) = model { encoder.hasSafeCuts } else { false }
  }

  func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    switch model {
    case .byteLevel(let encoder): encoder.encode(text, into: &ids)
    case .characters(let encoder): encoder.encode(text, into: &ids)
    case .unigram(let encoder): encoder.encode(text, into: &ids)
    case .sentencePiece(let encoder): encoder.encode(text, into: &ids)
    }
  }

  func count(_ text: Span<UInt8>) -> Int {
    if case .byteLevel(let encoder) = model { return encoder.count(text) }
    var ids: [UInt32] = []
    encode(text, into: &ids)
    return ids.count
  }
}

/// Makes ids of texts by a byte-level model, bytes that it does not have left out.
private struct BytePieceEncoder {
  private let byteLevel: ByteLevelEncoder
  private let missingBytes: Set<UInt8>

  init(_ tables: EncodingTables, cacheByteCount: Int) {
    byteLevel = ByteLevelEncoder(tables, cacheByteCount: cacheByteCount)
    missingBytes = tables.missingBytes
  }

  /// Whether texts can be cut without a change of their ids.
  var hasSafeCuts: Bool { missingBytes.isEmpty && byteLevel.pattern.hasSafeCuts }

  func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    if missingBytes.isEmpty || !text.contains(where: missingBytes.contains) {
      return byteLevel.encode(text, into: &ids)
    }
    var start = 0
    for end in PieceEnds.ends(of: text, byteLevel.pattern) {
      let known = (start..<end).map { text[$0] }.filter { !missingBytes.contains($0) }
      byteLevel.encode(piece: known.span, into: &ids)
      start = end
    }
  }

  func count(_ text: Span<UInt8>) -> Int {
    if missingBytes.isEmpty { return byteLevel.count(text) }
    var ids: [UInt32] = []
    encode(text, into: &ids)
    return ids.count
  }
}

extension Span<UInt8> {
  fileprivate func contains(where isWanted: (UInt8) -> Bool) -> Bool {
    for index in indices where isWanted(self[index]) { return true }
    return false
  }
}
