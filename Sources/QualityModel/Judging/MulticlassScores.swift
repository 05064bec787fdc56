/// Probabilities of several classes with the true class of each document, gathered to be judged.
///
/// Takes 8 bytes a document and class.
package struct MulticlassScores: Sendable {
  /// The matrix of classes stays below 8 MB.
  package static let maximumClassCount = 1000

  package let classNames: [String]
  /// Document by document.
  private(set) var probabilities: [Double] = []
  private(set) var classes: [UInt16] = []
  private(set) var confusion: ConfusionMatrix

  package init(classNames: [String]) throws(JudgingError) {
    guard (2...Self.maximumClassCount).contains(classNames.count) else {
      throw .wrongClassCount(classNames.count)
    }
    self.classNames = classNames
    confusion = ConfusionMatrix(classCount: classNames.count)
  }

  package var count: Int { classes.count }
  package var classCount: Int { classNames.count }

  /// Adds a document's probability of each class, its class, and the class it is taken for.
  ///
  /// The last is by default the most probable class, of several the first.
  package mutating func add(
    probabilities row: [Double], class actual: Int, predicted: Int? = nil
  ) throws(JudgingError) {
    guard row.count == classCount else {
      throw .wrongProbabilityCount(document: count, count: row.count, classCount: classCount)
    }
    for probability in row { try ScoredDocuments.check(probability, document: count) }
    var best = 0
    for index in row.indices where row[index] > row[best] { best = index }
    let predicted = predicted ?? best
    for index in [actual, predicted] where !(0..<classCount).contains(index) {
      throw .unknownClass(document: count, class: index, classCount: classCount)
    }
    confusion.add(actual: actual, predicted: predicted)
    probabilities += row
    classes.append(UInt16(actual))
  }

  /// The ranking of documents by one class: its documents against all others.
  func ranking(_ index: Int) -> ScoreRanking {
    var (inside, outside): ([Double], [Double]) = ([], [])
    for document in 0..<count {
      let probability = probabilities[document * classCount + index]
      if Int(classes[document]) == index {
        inside.append(probability)
      } else {
        outside.append(probability)
      }
    }
    return ScoreRanking(positives: inside[...], negatives: outside[...])
  }
}
