/// A step that makes text of the spellings of tokens, as the `decoder` of a `tokenizer.json` names
/// them.
package enum DecodingStep: Sendable, Equatable {
  /// Characters become the bytes they stand for; the flags are kept, but change nothing.
  case byteLevel(addsPrefixSpace: Bool, trimsOffsets: Bool, splits: Bool)
  /// `<0x00>` to `<0xFF>` become bytes; where these are not UTF-8, each is U+FFFD.
  case byteFallback
  /// All tokens become one.
  case fuse
  /// Up to so many equal characters are taken from the ends of each token.
  case strip(Unicode.Scalar, start: Int, stop: Int)
  case replace(Normalizer.Pattern, with: String)
  /// The sign for a space becomes one; in the first token it may become nothing.
  case metaspace(replacement: Unicode.Scalar, PreTokenizer.Prepending, splits: Bool)
  /// The suffix becomes a space, in the last token nothing.
  case bpe(suffix: String)

  /// What a byte-level vocabulary is decoded by.
  package static let bytes = DecodingStep.byteLevel(
    addsPrefixSpace: true, trimsOffsets: true, splits: true)
}
