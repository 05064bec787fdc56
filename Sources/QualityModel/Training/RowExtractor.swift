/// Takes the features of texts and packs them; one per worker, because it owns scratch space.
///
/// What comes out depends on the texts alone, so batches can be extracted by any worker in any order, and
/// are then appended to the trainer in theirs.
package struct RowExtractor: Sendable {
  private let extractor: FeatureExtractor
  private var scratch: FeatureScratch
  private var encoder = RowEncoder()

  init(_ extractor: FeatureExtractor) {
    self.extractor = extractor
    scratch = extractor.makeScratch()
  }

  package func makeBatch() -> RowBatch {
    RowBatch(block: RowBlock(columnCount: extractor.settings.featureCount))
  }

  /// The rows of some texts.
  package mutating func extract(_ texts: [LabelledText]) -> RowBatch {
    var batch = makeBatch()
    for text in texts {
      add(
        text.text.span, label: text.label, weight: text.weight, fold: text.fold, to: &batch)
    }
    return batch
  }

  /// Adds the row of a text, UTF-8, to a batch; `label` is the position of its label.
  package mutating func add(
    _ text: Span<UInt8>, label: Int, weight: Double = 1, fold: UInt8 = 0, to batch: inout RowBatch
  ) {
    precondition(weight >= 0 && weight.isFinite, "weights are not negative")
    precondition(label >= 0 && label <= UInt16.max, "labels are positions")
    let extractor = self.extractor
    extractor.extract(text, into: &scratch)
    encoder.encode(&scratch.features, into: &batch.block) {
      extractor.divisor(sumOfSquares: $0)
    }
    batch.labels.append(UInt16(label))
    batch.weights.append(weight)
    batch.folds.append(fold)
  }
}

/// Rows on their way into a trainer.
package struct RowBatch: Sendable {
  var block: RowBlock
  var labels: [UInt16] = []
  var weights: [Double] = []
  var folds: [UInt8] = []

  init(block: RowBlock) {
    self.block = block
  }

  package var rowCount: Int { labels.count }
  /// Bytes of the packed rows.
  package var byteCount: Int { block.bytes.count }
}
