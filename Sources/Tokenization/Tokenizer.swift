/// A vocabulary ready for use: makes encoders, and turns ids back into bytes.
package final class Tokenizer: Sendable {
  package let vocabulary: Vocabulary
  private let steps: EncodingSteps
  private let tables: EncodingTables
  private let decoder: TokenDecoder

  /// Refuses a vocabulary without all single bytes, or with merges that lead nowhere.
  package init(_ vocabulary: Vocabulary) throws(VocabularyError) {
    self.vocabulary = vocabulary
    try Self.check(vocabulary)
    steps = EncodingSteps(vocabulary)
    tables = try EncodingTables(vocabulary)
    decoder = TokenDecoder(vocabulary)
  }

  /// Refuses, by name, what is not done here.
  private static func check(_ vocabulary: Vocabulary) throws(VocabularyError) {
    guard vocabulary.model == .byteLevel, vocabulary.pattern != nil else {
      throw VocabularyError(
        message: "it is not byte-level BPE whose pre_tokenizer is one split by a pattern")
    }
    for case .precompiled in vocabulary.normalizers {
      throw VocabularyError(message: "its normalizer Precompiled is not applied here")
    }
  }

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
    Encoder(steps, PieceEncoder(tables, cacheByteCount: cacheByteCount))
  }

  /// The bytes that ids stand for: for a byte-level vocabulary without normalizers those of a text's
  /// ids are the text, for others they are what Hugging Face's tokenizers make of the ids.
  ///
  /// Refuses an id that is not used.
  package func decode(
    _ ids: [UInt32], skippingSpecials: Bool = false
  ) throws(UnknownTokenError) -> [UInt8] {
    try decoder.decode(ids, skippingSpecials: skippingSpecials)
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
