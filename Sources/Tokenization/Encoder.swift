internal import ByteKernels

/// Turns texts into ids, remembering the pieces of text it has met: one for each worker.
///
/// The ids depend on the text and the vocabulary alone, whatever has been encoded before. No ids are
/// put around those of the text.
package final class Encoder {
  let steps: EncodingSteps
  let model: PieceEncoder
  let spans: TokenSpans?

  init(_ steps: EncodingSteps, _ model: PieceEncoder, _ spans: TokenSpans?) {
    self.steps = steps
    self.model = model
    self.spans = spans
  }

  /// Appends the ids of a valid UTF-8 text.
  ///
  /// Text that looks like a special token is ordinary text, unless special tokens are allowed. A text
  /// that does not begin one is what follows a special token in a longer text.
  package func encode(
    _ text: Span<UInt8>, into ids: inout [UInt32], allowingSpecials: Bool = false,
    beginsText: Bool = true
  ) {
    if steps.isPlain(allowingSpecials: allowingSpecials) {
      return model.encode(text, beginsText: beginsText, into: &ids)
    }
    var found = ids
    ids = []
    steps.part(
      text, allowingSpecials: allowingSpecials, tracksPlaces: false, beginsText: beginsText
    ) { part in
      switch part {
      case .token(let id, _): found.append(id)
      case .text(let text, let begins): model.encode(text, beginsText: begins, into: &found)
      }
    }
    ids = found
  }

  /// How many ids a valid UTF-8 text becomes.
  package func count(_ text: Span<UInt8>, allowingSpecials: Bool = false) -> Int {
    if steps.isPlain(allowingSpecials: allowingSpecials) { return model.count(text) }
    var ids: [UInt32] = []
    encode(text, into: &ids, allowingSpecials: allowingSpecials)
    return ids.count
  }

  /// The first place from `offset` on where a valid UTF-8 text can be cut so that the ids of the parts,
  /// joined, are those of the whole; neither its beginning nor its end.
  ///
  /// Nil where there is none within a MiB, and for tokenizers of which no such places are known.
  package func safeCut(
    in text: Span<UInt8>, near offset: Int, allowingSpecials: Bool = false
  ) -> Int? {
    steps.isPlain(allowingSpecials: allowingSpecials) && model.hasSafeCuts
      ? SafeCut.first(in: text, from: offset) : nil
  }
}
