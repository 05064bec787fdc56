/// A step that changes a text before it is cut, as `tokenizer.json` names them.
package enum Normalizer: Sendable, Equatable {
  /// What a replacement looks for.
  package enum Pattern: Sendable, Equatable {
    case text(String)
    case regularExpression(SplitExpression)
  }

  case nfc
  case nfd
  case nfkc
  case nfkd
  case lowercase
  /// White space at the ends is taken away.
  case strip(left: Bool, right: Bool)
  /// Nonspacing marks are taken away.
  case stripAccents
  /// A text that is not empty begins with this.
  case prepend(String)
  case replace(Pattern, with: String)
  /// A map of characters that a SentencePiece model carries.
  case precompiled(CharacterMap)
  /// BERT's; accents are stripped with lower case when `stripsAccents` is nil.
  case bert(
    cleansText: Bool, spacesChineseCharacters: Bool, stripsAccents: Bool?, lowercases: Bool)
  /// Control characters are taken away, other kinds of space become a space.
  case nmt
  /// Bytes become the characters that stand for them.
  case byteLevel
}
