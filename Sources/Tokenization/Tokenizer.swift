/// A vocabulary ready for use: makes encoders, and turns ids back into bytes.
package final class Tokenizer: Sendable {
  package let vocabulary: Vocabulary
  private let tables: EncodingTables

  /// Refuses a vocabulary without all single bytes, or with merges that lead nowhere.
  package init(_ vocabulary: Vocabulary) throws(VocabularyError) {
    self.vocabulary = vocabulary
    tables = try EncodingTables(vocabulary)
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
    Encoder(tables, cacheByteCount: cacheByteCount)
  }

  /// The bytes that ids stand for: those of a text's ids are the text.
  ///
  /// Refuses an id that is not used.
  package func decode(_ ids: [UInt32]) throws(UnknownTokenError) -> [UInt8] {
    var bytes: [UInt8] = []
    for (position, id) in ids.enumerated() {
      guard id < vocabulary.tokens.count, !vocabulary.tokens[Int(id)].isEmpty else {
        throw UnknownTokenError(id: id, position: position, vocabularySize: vocabularySize)
      }
      bytes.append(contentsOf: vocabulary.tokens[Int(id)])
    }
    return bytes
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
