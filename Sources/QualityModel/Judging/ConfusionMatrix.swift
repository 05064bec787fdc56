/// How many documents of each class were taken for each class.
package struct ConfusionMatrix: Sendable, Equatable {
  package let classCount: Int
  /// Row by row; a row is a true class, a column a predicted one.
  private var counts: [Int]

  package init(classCount: Int) {
    precondition(classCount > 0, "at least one class")
    self.classCount = classCount
    counts = Array(repeating: 0, count: classCount * classCount)
  }

  package mutating func add(actual: Int, predicted: Int, count: Int = 1) {
    counts[actual * classCount + predicted] += count
  }

  package subscript(actual actual: Int, predicted predicted: Int) -> Int {
    counts[actual * classCount + predicted]
  }

  package var documentCount: Int { counts.reduce(0, +) }
  /// Documents taken for what they are.
  package var correctCount: Int {
    (0..<classCount).reduce(0) { $0 + self[actual: $1, predicted: $1] }
  }

  /// How many documents of the class there are.
  package func support(_ index: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[actual: index, predicted: $1] }
  }

  /// How many documents were taken for the class.
  package func predictedCount(_ index: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[actual: $1, predicted: index] }
  }

  /// Precision, recall and F1 of one class against the others.
  package func figures(_ index: Int) -> ClassFigures {
    ClassFigures(
      truePositiveCount: self[actual: index, predicted: index],
      predictedCount: predictedCount(index), support: support(index))
  }
}

/// How well one class is told from the others; a figure without meaning is nil.
package struct ClassFigures: Sendable, Equatable {
  package let truePositiveCount: Int
  /// Documents taken for the class.
  package let predictedCount: Int
  /// Documents of the class.
  package let support: Int

  /// The share that is of the class among those taken for it.
  package var precision: Double? { Self.ratio(truePositiveCount, predictedCount) }
  /// The share of the class that is taken for it.
  package var recall: Double? { Self.ratio(truePositiveCount, support) }
  /// The harmonic mean of precision and recall.
  package var f1: Double? { Self.ratio(2 * truePositiveCount, predictedCount + support) }

  static func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
