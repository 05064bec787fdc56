/// Scores or labels from which no figure can be made.
package enum JudgingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A score that is NaN or infinite; documents are counted from 0.
  case notANumber(document: Int)
  /// A score too far from 0...1 to be a rounded probability.
  case notAProbability(document: Int, score: Double)
  case unequalCounts(scores: Int, labels: Int)
  /// A class or predicted class that is not below the number of classes.
  case unknownClass(document: Int, class: Int, classCount: Int)
  case wrongClassCount(Int)
  case wrongProbabilityCount(document: Int, count: Int, classCount: Int)
  case unequalFigures(expected: [String], found: [String])

  package var description: String {
    switch self {
    case .notANumber(let document):
      "score \(document) (from 0) is not a finite number; the model or its input is damaged"
    case .notAProbability(let document, let score):
      "score \(document) (from 0) is \(score); scores must be probabilities, from 0 to 1"
    case .unequalCounts(let scores, let labels):
      "\(scores) scores and \(labels) labels; there must be one label a score"
    case .unknownClass(let document, let index, let classCount):
      "document \(document) (from 0) is of class \(index); classes are 0 to \(classCount - 1)"
    case .wrongClassCount(let count):
      "\(count) classes; there must be 2 to \(MulticlassScores.maximumClassCount)"
    case .wrongProbabilityCount(let document, let count, let classCount):
      "document \(document) (from 0) has \(count) probabilities; there are \(classCount) classes"
    case .unequalFigures(let expected, let found):
      "figures \(found.joined(separator: ", ")) cannot be averaged with "
        + expected.joined(separator: ", ")
    }
  }
}
