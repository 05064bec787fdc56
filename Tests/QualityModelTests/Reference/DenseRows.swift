import Glibc

@testable import QualityModel

/// Rows written out with all their zeros, and the objective written from its formula.
struct DenseRows {
  var rows: [[Double]] = []
  var labels: [Int] = []
  var weights: [Double] = []

  /// Rows of words drawn from a generator, and the same packed.
  static func sample(
    _ count: Int, columnCount: Int, labelCount: Int, seed: UInt64, memoryByteCount: Int = 1 << 30,
    spillPrefix: String = "/nowhere/rows"
  ) throws -> (DenseRows, RowStore) {
    let settings = FeatureSettings(
      pipeline: .words, featureCount: columnCount, termWeight: .count, normalization: .euclidean)
    var extractor = RowExtractor(FeatureExtractor(settings))
    var collector = RowCollector(
      columnCount: columnCount, labelCount: labelCount, memoryByteCount: memoryByteCount,
      spillPrefix: spillPrefix)
    var dense = DenseRows()
    for (index, example) in SampleTexts.examples(count, seed: seed).enumerated() {
      let label = (index % 2 == 0 ? 1 : 0) + (labelCount > 2 ? index / 2 % (labelCount - 1) : 0)
      let weight = 1 + Double(index % 3) / 2
      var batch = extractor.makeBatch()
      extractor.add(
        example.text.span, label: label, weight: weight, fold: UInt8(index % 4), to: &batch)
      try collector.append(
        batch.block, labels: batch.labels, weights: batch.weights, folds: batch.folds)
      let words = WordReference.words(String(decoding: example.text, as: UTF8.self))
      var row = [Double](repeating: 0, count: columnCount)
      for entry in WordReference.entries(words, columnCount) {
        row[entry.feature] = Double(entry.count)
      }
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      dense.rows.append(row.map { $0 / max(length, 1) })
      dense.labels.append(label)
      dense.weights.append(weight)
    }
    return (dense, try collector.finish())
  }

  /// The weighted mean loss of weights `[row of weights][column]`; one row is the log odds of label 1.
  func loss(_ weights: [[Double]], intercepts: [Double]) -> Double {
    var (sum, weightSum) = (0.0, 0.0)
    for (index, row) in rows.enumerated() {
      var margins = zip(weights, intercepts).map { weights, intercept in
        zip(weights, row).reduce(intercept) { $0 + $1.0 * $1.1 }
      }
      if margins.count == 1 { margins = [0, margins[0]] }
      let logarithm = log(margins.reduce(0) { $0 + exp($1) })
      sum += self.weights[index] * (logarithm - margins[labels[index]])
      weightSum += self.weights[index]
    }
    return sum / weightSum
  }
}
