internal import ByteKernels

/// A supervised fastText model, `.bin` or quantised `.ftz`, of version 11 or 12.
///
/// The file is mapped into memory and stays there, so that all workers and processes share it; each
/// scores with a scratch of its own.
package final class FastTextModel: Sendable {
  package let path: String
  /// In the model's order, without the prefix `__label__`; files do not keep another prefix, so a
  /// label trained with one stands as it is.
  package let labels: [String]
  /// Numbers the vector of a word has.
  package let dimension: Int

  let content: FastTextFile
  private let file: MappedFile

  /// Reads a model; every size in it is held against the length of the file first, and every weight
  /// against `FastTextWeights.limit`, so that scoring cannot fail.
  package init(path: String) throws(QualityModelError) {
    self.path = path
    do throws(FileError) {
      file = try MappedFile(path: path)
    } catch {
      throw QualityModelError(path: path, message: error.reason)
    }
    content = try file.withBytes { (bytes) throws(QualityModelError) in
      try FastTextFile(bytes, path: path)
    }
    dimension = content.settings.dimension
    let prefix = FastTextVocabulary.labelPrefixText
    labels = content.labelNames.map { name in
      name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }
  }

  /// True when a file begins as a fastText model does.
  package static func isFastText(path: String) -> Bool {
    if path == "-" { return false }
    var head: [UInt8] = []
    do throws(FileError) {
      let file = try InputFile(path: path)
      while head.count < 4, try file.read(into: &head, limit: 4 - head.count) > 0 {}
    } catch {
      return false
    }
    return head.count == 4 && Int(head.span.raw.load32(0)) == FastTextSettings.magic
  }

  func makeScratch() -> FastTextScratch {
    FastTextScratch(dimension: dimension, labelCount: labels.count)
  }

  /// Puts the probability of every label into `scratch.probabilities`, in the order of `labels`.
  ///
  /// The text, UTF-8, is scored as by fastText 0.9.2's `predict(text, k=-1)`, newlines taken for spaces.
  /// What is odd there is so here: a probability is e to the power of ln(p + 0.00001), so values up to
  /// 1.00001 come out (with the loss `hs` that much for each step down the tree), and the sum over all
  /// labels is not 1 with the losses `ns` and `ova`; a word `</s>` ends the text; words that begin with
  /// `__label__` are passed over. Where fastText gives a label no probability, it is 0: for all labels when
  /// the text has no word the model knows and the model has none for the end of a sentence, and with the
  /// loss `hs` for labels below 0.00001.
  func predict(_ text: Span<UInt8>, _ scratch: inout FastTextScratch) {
    let rowCount = file.withBytes { bytes in
      FastTextScanner.sumRows(
        text, file: bytes, content.vocabulary, content.input, &scratch)
    }
    guard rowCount > 0 else {
      for label in labels.indices { scratch.probabilities[label] = 0 }
      return
    }
    let share = Float(1 / Double(rowCount))
    for column in scratch.hidden.indices { scratch.hidden[column] *= share }
    content.output.predict(scratch.hidden, into: &scratch.probabilities)
  }
}
