/// Which id stands for which text, and by which steps a text becomes ids.
///
/// The steps, as Hugging Face's tokenizers define them: added tokens are found in the text, what
/// lies between is normalized, normalized added tokens are found in that, the rest is cut into
/// pieces, and the model makes ids of every piece.
package struct Vocabulary: Sendable, Equatable {
  /// How a piece of text becomes ids.
  package enum Model: Sendable, Equatable {
    /// By merges, from single bytes.
    case byteLevel
    /// By merges, from single characters.
    case characters(CharacterRules)
    /// The tokens whose scores, one for each id, have the greatest sum.
    case unigram(scores: [Double], CharacterRules)
    /// As SentencePiece does with the model of a `.model` file, which says all steps itself.
    case sentencePiece(SentencePieceModel)
  }

  /// Two tokens that become one; a merge's place in the list is its rank.
  package struct Merge: Sendable, Equatable {
    package let left: UInt32
    package let right: UInt32
    /// The token whose bytes are those of `left` and `right`.
    package let product: UInt32

    package init(left: UInt32, right: UInt32, product: UInt32) {
      self.left = left
      self.right = right
      self.product = product
    }
  }

  /// Ids and ranks are kept in 21 and 22 bits.
  package static let maximumTokenCount = 1 << 21

  /// The bytes of every id: what a byte-level token stands for, a token of characters as it is
  /// spelled, the text of an added token; empty for an unused id.
  package let tokens: [[UInt8]]
  /// In order of rank.
  package let merges: [Merge]
  /// In order of id.
  package let addedTokens: [AddedToken]
  package let normalizers: [Normalizer]
  package let preTokenizer: PreTokenizer
  package let model: Model
  /// A piece that is a token as a whole becomes it, even where the merges would not lead there.
  package let acceptsWholePreTokens: Bool
  /// Ids of a byte-level model whose tokens are spelled otherwise than in the byte alphabet, or have
  /// an empty name: no text becomes them.
  package let literalTokens: Set<UInt32>
  /// How ids become text.
  package let decoding: [DecodingStep]
  package var attachments: Attachments

  package init(
    tokens: [[UInt8]], merges: [Merge], addedTokens: [AddedToken], normalizers: [Normalizer] = [],
    preTokenizer: PreTokenizer, model: Model = .byteLevel, acceptsWholePreTokens: Bool = false,
    literalTokens: Set<UInt32> = [], decoding: [DecodingStep] = [.bytes],
    attachments: Attachments = .init()
  ) {
    self.tokens = tokens
    self.merges = merges
    self.addedTokens = addedTokens.sorted { $0.id < $1.id }
    self.normalizers = normalizers
    self.preTokenizer = preTokenizer
    self.model = model
    self.acceptsWholePreTokens = acceptsWholePreTokens
    self.literalTokens = literalTokens
    self.decoding = decoding
    self.attachments = attachments
  }

  /// A byte-level vocabulary whose only steps are one split pattern and its merges.
  package init(
    tokens: [[UInt8]], merges: [Merge], specialTokens: [AddedToken], pattern: SplitPattern,
    acceptsWholePreTokens: Bool = false
  ) {
    self.init(
      tokens: tokens, merges: merges, addedTokens: specialTokens,
      preTokenizer: PreTokenizer(pattern), acceptsWholePreTokens: acceptsWholePreTokens)
  }

  /// One more than the largest id.
  package var size: Int { tokens.count }

  /// Those added tokens that text becomes only where that is allowed, in order of id.
  package var specialTokens: [AddedToken] { addedTokens.filter(\.isSpecial) }

  /// The pattern that does the same as all steps of the pre-tokenizer; nil when there is none.
  package var pattern: SplitPattern? { preTokenizer.pattern }

  /// The ids that a model makes of no piece of text: those of added tokens that it does not have, of
  /// special tokens that are no part of a merge nor a single byte or character, and of
  /// `literalTokens`.
  package var idsOutsideModel: Set<UInt32> {
    var ids = literalTokens
    for added in addedTokens where !added.isInModel { ids.insert(added.id) }
    let isOfBytes = model == .byteLevel
    var specials = Set(
      addedTokens.lazy.filter { token in
        let count = isOfBytes ? token.text.utf8.count : token.text.unicodeScalars.count
        return token.isSpecial && count > 1
      }.map(\.id))
    for merge in merges where !specials.isEmpty {
      for id in [merge.left, merge.right, merge.product] { specials.remove(id) }
    }
    return ids.union(specials)
  }
}
