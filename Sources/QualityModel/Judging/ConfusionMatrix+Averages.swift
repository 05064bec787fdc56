/// Precision, recall and F1 of all classes together.
package struct AveragedFigures: Sendable, Equatable {
  package let precision: Double
  package let recall: Double
  package let f1: Double
}

/// Averages as scikit-learn defines them; nil without documents.
///
/// A class that no document has and none is taken for is left out; a figure without meaning counts as 0.
extension ConfusionMatrix {
  /// The mean over classes, each counting alike.
  package var macro: AveragedFigures? { mean { _ in 1 } }

  /// The mean over classes, each counting by its documents.
  package var weighted: AveragedFigures? { mean { Double($0.support) } }

  /// The figures of all decisions pooled; with one class a document all three are the accuracy.
  package var micro: AveragedFigures? {
    accuracy.map { AveragedFigures(precision: $0, recall: $0, f1: $0) }
  }

  /// The share of documents taken for what they are.
  package var accuracy: Double? { ClassFigures.ratio(correctCount, documentCount) }

  /// The mean recall over the classes that documents have: accuracy as if all were equally frequent.
  package var balancedAccuracy: Double? {
    let recalls = (0..<classCount).compactMap { figures($0).recall }
    return recalls.isEmpty ? nil : recalls.reduce(0, +) / Double(recalls.count)
  }

  /// The correlation of true and predicted class, from -1 to 1 (Matthews 1975; Gorodkin 2004 for
  /// several classes); nil when either is the same for all documents.
  package var matthewsCorrelation: Double? {
    let total = Double(documentCount)
    var (agreement, actualSquares, predictedSquares) = (Double(correctCount) * total, 0.0, 0.0)
    for index in 0..<classCount {
      let (actual, predicted) = (Double(support(index)), Double(predictedCount(index)))
      agreement -= actual * predicted
      actualSquares += actual * actual
      predictedSquares += predicted * predicted
    }
    let actualSpread = total * total - actualSquares
    let predictedSpread = total * total - predictedSquares
    if actualSpread == 0 || predictedSpread == 0 { return nil }
    return agreement / (actualSpread.squareRoot() * predictedSpread.squareRoot())
  }

  private func mean(_ weight: (ClassFigures) -> Double) -> AveragedFigures? {
    var (precision, recall, f1, weights) = (0.0, 0.0, 0.0, 0.0)
    for index in 0..<classCount {
      let figures = figures(index)
      guard let classF1 = figures.f1 else { continue }
      let share = weight(figures)
      precision += share * (figures.precision ?? 0)
      recall += share * (figures.recall ?? 0)
      f1 += share * classF1
      weights += share
    }
    if weights == 0 { return nil }
    return AveragedFigures(
      precision: precision / weights, recall: recall / weights, f1: f1 / weights)
  }
}
