/// A vocabulary ready for use: makes encoders, and turns ids back into bytes.
package final class Tokenizer: Sendable {
  package let vocabulary: Vocabulary
  private let steps: EncodingSteps
  private let tables: ModelTables
  private let decoder: TokenDecoder
  /// For a model of SentencePiece's, which decodes by its own rules.
  private let sentencePieceDecoder: SentencePieceDecoder?
  private let spans: TokenSpans?

  /// Refuses a vocabulary that no text can be encoded with.
  package init(_ vocabulary: Vocabulary) throws(VocabularyError) {
    self.vocabulary = vocabulary
    steps = EncodingSteps(vocabulary)
    tables = try ModelTables(vocabulary)
    decoder = TokenDecoder(vocabulary)
    if case .sentencePiece(let model) = vocabulary.model {
      sentencePieceDecoder = try SentencePieceDecoder(model)
    } else {
      sentencePieceDecoder = nil
    }
    spans = TokenSpans(vocabulary)
  }

  /// Whether ids become text by SentencePiece's rules, by which control pieces have none.
  var decodesAsSentencePiece: Bool { sentencePieceDecoder != nil }

  /// One more than the largest id, special tokens included.
  package var vocabularySize: Int { vocabulary.size }

  /// A digest of everything that decides which ids a text becomes.
  package var digest: UInt64 { vocabulary.digest }

  /// The id of a special token by its text; nil when there is no such token.
  package func id(ofSpecialToken text: String) -> UInt32? {
    let bytes = Array(text.utf8)
    return vocabulary.specialTokens.first { Array($0.text.utf8) == bytes }?.id
  }

  /// An encoder for one worker, with a cache of at most `cacheByteCount` bytes.
  package func makeEncoder(cacheByteCount: Int = 1 << 27) -> Encoder {
    Encoder(steps, PieceEncoder(tables, vocabulary, cacheByteCount: cacheByteCount), spans)
  }

  /// The bytes that ids stand for: for a byte-level vocabulary without normalizers those of a text's
  /// ids are the text, for others they are what Hugging Face's tokenizers or SentencePiece make of the
  /// ids.
  ///
  /// Refuses an id that is not used.
  package func decode(
    _ ids: [UInt32], skippingSpecials: Bool = false
  ) throws(UnknownTokenError) -> [UInt8] {
    guard let sentencePieceDecoder else {
      return try decoder.decode(ids, skippingSpecials: skippingSpecials)
    }
    return try sentencePieceDecoder.decode(ids)
  }
}

/// An id that a vocabulary does not have.
package struct UnknownTokenError: Error, Sendable, Equatable, CustomStringConvertible {
  package let id: UInt32
  /// Its place among the ids that were to be decoded.
  package let position: Int
  package let vocabularySize: Int

  package var description: String {
    "token \(id), number \(position) of the ids, is not in this vocabulary of \(vocabularySize): "
      + "decode with the tokenizer the text was encoded with"
  }
}
