/// Encodes texts with one tokenizer, decodes them again and counts what comes out: one for each
/// worker and tokenizer.
package final class TokenizerJudge {
  private let tokenizer: Tokenizer
  private let encoder: Encoder
  private let unknownID: UInt32?
  private var ids: [UInt32] = []
  /// How often each id has come out.
  package private(set) var uses: [UInt64]

  /// The judge remembers pieces of text in at most `cacheByteCount` bytes.
  package init(_ tokenizer: Tokenizer, cacheByteCount: Int) {
    self.tokenizer = tokenizer
    encoder = tokenizer.makeEncoder(cacheByteCount: cacheByteCount)
    unknownID = tokenizer.vocabulary.model.unknownID
    uses = [UInt64](repeating: 0, count: tokenizer.vocabularySize)
  }

  /// What the tokenizer makes of a valid UTF-8 text.
  package func judge(_ text: Span<UInt8>) -> TokenizerOutcome {
    ids.removeAll(keepingCapacity: true)
    encoder.encode(text, into: &ids)
    var outcome = TokenizerOutcome(tokenCount: ids.count)
    for id in ids {
      uses[Int(id)] += 1
      if id == unknownID { outcome.unknownCount += 1 }
    }
    if !isReturned(text) { outcome.alteredDocumentCount = 1 }
    return outcome
  }

  private func isReturned(_ text: Span<UInt8>) -> Bool {
    guard let decoded = try? tokenizer.decode(ids), decoded.count == text.count else {
      return false
    }
    for index in text.indices where decoded[index] != text[index] { return false }
    return true
  }
}

/// What one tokenizer makes of documents.
package struct TokenizerOutcome: Sendable, Equatable {
  package var tokenCount = 0
  /// Tokens that stand for text the vocabulary has nothing for.
  package var unknownCount = 0
  /// Documents whose ids do not decode to their bytes.
  package var alteredDocumentCount = 0

  package init(tokenCount: Int = 0, unknownCount: Int = 0, alteredDocumentCount: Int = 0) {
    self.tokenCount = tokenCount
    self.unknownCount = unknownCount
    self.alteredDocumentCount = alteredDocumentCount
  }

  package static func += (total: inout Self, other: Self) {
    total.tokenCount += other.tokenCount
    total.unknownCount += other.unknownCount
    total.alteredDocumentCount += other.alteredDocumentCount
  }
}

extension Vocabulary.Model {
  /// The token of what is not known; nil where everything can be said.
  package var unknownID: UInt32? {
    switch self {
    case .byteLevel: nil
    case .characters(let rules), .unigram(_, let rules): rules.unknownID
    case .sentencePiece(let model): model.unknownID
    }
  }
}
