/// Turns texts into ids as SentencePiece does with a model of its own.
@safe package final class SentencePieceEncoder {
  private let tables: SentencePieceTables
  private let characters: CharacterEncoder?
  private let unigram: UnigramEncoder?
  private var normalized = GrowingBuffer<UInt8>(capacity: 1 << 16)

  package init(_ tables: SentencePieceTables, cacheByteCount: Int) {
    self.tables = tables
    switch tables.model {
    case .characters(let tables):
      characters = CharacterEncoder(tables, cacheByteCount: cacheByteCount)
      unigram = nil
    case .unigram(let tables):
      characters = nil
      unigram = UnigramEncoder(tables, cacheByteCount: cacheByteCount)
    case .words:
      characters = nil
      unigram = nil
    }
  }

  deinit {
    normalized.deallocate()
  }

  /// Appends the ids of a valid UTF-8 text.
  package func encode(_ text: Span<UInt8>, into ids: inout [UInt32]) {
    normalized.setCount(0)
    unsafe text.withUnsafeBufferPointer { buffer in
      unsafe tables.normalizer.normalize(buffer, into: &normalized)
    }
    // SAFETY: the buffer is not changed while it is encoded.
    let piece = unsafe UnsafeBufferPointer(start: normalized.base, count: normalized.count)
    if let characters {
      unsafe characters.encode(piece, into: &ids)
    } else if let unigram {
      unsafe unigram.encode(piece, into: &ids)
    } else if case .words(let words) = tables.model {
      unsafe words.encode(Array(piece), into: &ids)
    }
  }
}

/// What encoders of one model of SentencePiece's share.
package final class SentencePieceTables: Sendable {
  enum Model: Sendable {
    case characters(CharacterTables)
    case unigram(UnigramTables)
    case words(WholeWords)
  }

  let normalizer: SentencePieceNormalizer
  let model: Model

  package init(_ model: SentencePieceModel) throws(VocabularyError) {
    normalizer = try SentencePieceNormalizer(model)
    switch model.algorithm {
    case .bpe, .character:
      self.model = .characters(CharacterTables(try CharacterTablesBuilder(model)))
    case .unigram: self.model = .unigram(UnigramTables(model))
    case .word: self.model = .words(WholeWords(model))
    }
  }
}
