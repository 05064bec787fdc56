/// What a model whose tokens are made of characters does with a character it has no token for.
package struct CharacterRules: Sendable, Equatable {
  /// The token of what is not known; nil when such characters are left out.
  package var unknownID: UInt32?
  /// A character without a token becomes the tokens of its bytes, named `<0x00>` to `<0xFF>`, where
  /// all of them are there.
  package var hasByteFallback: Bool
  /// Neighbours that are not known become one token.
  package var fusesUnknown: Bool

  package init(unknownID: UInt32? = nil, hasByteFallback: Bool = false, fusesUnknown: Bool = false)
  {
    self.unknownID = unknownID
    self.hasByteFallback = hasByteFallback
    self.fusesUnknown = fusesUnknown
  }
}
