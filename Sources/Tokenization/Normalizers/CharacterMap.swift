/// The normalization that a SentencePiece model carries: a trie of what is replaced, and by what.
package struct CharacterMap: Sendable, Equatable {
  /// As the model file has it.
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }
}
