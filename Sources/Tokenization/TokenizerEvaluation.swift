/// How a tokenizer does on texts: what it makes of them, and whether they come back.
package struct TokenizerEvaluation: Sendable, Equatable {
  package private(set) var textCount = 0
  package private(set) var byteCount = 0
  package private(set) var tokenCount = 0
  /// Texts whose ids did not decode to their bytes: always 0 unless something is broken.
  package private(set) var unequalTextCount = 0

  package init() {}

  /// Bytes for each token; 0 before there are any.
  package var bytesPerToken: Double {
    tokenCount == 0 ? 0 : Double(byteCount) / Double(tokenCount)
  }

  /// Adds a text, encoded by an encoder of the tokenizer and decoded again.
  package mutating func add(_ text: Span<UInt8>, by tokenizer: Tokenizer, _ encoder: Encoder) {
    var ids: [UInt32] = []
    encoder.encode(text, into: &ids)
    textCount += 1
    byteCount += text.count
    tokenCount += ids.count
    let decoded = (try? tokenizer.decode(ids)) ?? []
    var isEqual = decoded.count == text.count
    for index in text.indices where isEqual && decoded[index] != text[index] { isEqual = false }
    if !isEqual { unequalTextCount += 1 }
  }

  /// Adds what another worker found.
  package mutating func add(_ other: TokenizerEvaluation) {
    textCount += other.textCount
    byteCount += other.byteCount
    tokenCount += other.tokenCount
    unequalTextCount += other.unequalTextCount
  }
}
