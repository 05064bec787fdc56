/// Scores texts by one fastText model; one per worker, because it owns scratch space.
package final class FastTextScorer {
  package let model: FastTextModel
  private var scratch: FastTextScratch

  init(_ model: FastTextModel) {
    self.model = model
    scratch = model.makeScratch()
  }

  /// The probability of every label for the text scored last, in the order of the model's labels.
  package var probabilities: [Float] { scratch.probabilities }

  /// Scores a text, UTF-8, as fastText 0.9.2's `predict(text, k=-1)` does, newlines taken for spaces.
  ///
  /// What is odd there is so here: a probability is e to the power of ln(p + 0.00001), so values up to
  /// 1.00001 come out (with the loss `hs` that much for each step down the tree), and the sum over all labels is not 1 with the losses `ns` and `ova`; a word
  /// `</s>` ends the text; words that begin with `__label__` are passed over. Where fastText gives a
  /// label no probability, it is 0: for all labels when the text has no word the model knows and the
  /// model has none for the end of a sentence, and with the loss `hs` for labels below 0.00001.
  package func score(_ text: Span<UInt8>) {
    model.predict(text, &scratch)
  }

  /// The probability of one label, by its place among the model's labels; see `score`.
  package func probability(of label: Int, _ text: Span<UInt8>) -> Float {
    score(text)
    return scratch.probabilities[label]
  }
}
