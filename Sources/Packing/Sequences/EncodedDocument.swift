/// A document as tokens, on its way into training sequences.
package struct EncodedDocument: Sendable, Equatable {
  /// Its number in the shard, counted from 0: the row of its origin in the shard's provenance.
  package var number: UInt32
  /// The ids with the tokens that stand before and after every document.
  package var tokens: [UInt32]
  /// For each token 1 when the loss counts it and 0 when not; empty when every token counts.
  package var lossMask: [UInt8]

  package init(number: UInt32 = 0, tokens: [UInt32] = [], lossMask: [UInt8] = []) {
    self.number = number
    self.tokens = tokens
    self.lossMask = lossMask
  }
}
