internal import QualityModel

/// Probabilities of documents with their labels, gathered until it is known which labels there are.
///
/// Takes 16 bytes a document; of a model of more than two labels 4 more, and 8 for each.
struct JudgedDocuments {
  struct Item: Sendable {
    let label: String
    let source: String
    /// Of all labels; of two only the score.
    let probabilities: [Double]
    /// The position of the label that the model gives; nil for a model of two labels.
    let predicted: Int?
  }

  private let model: QualityModel
  /// Numbers a document.
  private let width: Int
  private var probabilities: [Double] = []
  private var predictions: [UInt32] = []
  private var labels = NameTable()
  private var sources = NameTable()
  private var labelNumbers: [UInt32] = []
  private var sourceNumbers: [UInt32] = []

  /// Refuses a model of two labels of which none is plainly the good one.
  init(_ model: QualityModel) throws(PipelineError) {
    if model.labels.count == 2, !model.isScoredLabelPlain {
      throw PipelineError(
        file: "--label",
        message: "the model does not say which label is the good one; name one of "
          + model.labels.joined(separator: ", "))
    }
    self.model = model
    width = model.labels.count > 2 ? model.labels.count : 1
  }

  mutating func append(_ items: [Item]) {
    for item in items {
      precondition(item.probabilities.count == width, "one probability a label, or the score")
      probabilities += item.probabilities
      if let predicted = item.predicted { predictions.append(UInt32(predicted)) }
      labelNumbers.append(labels.number(of: item.label))
      sourceNumbers.append(sources.number(of: item.source))
    }
  }

  func judgement(threshold: Double) throws -> Judgement {
    let positions = modelPositions
    if width > 1, !labelNumbers.isEmpty, positions.allSatisfy({ $0 != nil }) {
      return try multiclass(positions)
    }
    let isGood = try positions.enumerated().map { number, position in
      try meansGood(position, label: labels.names[number], number: UInt32(number))
    }
    var scored = ScoredDocuments()
    for (document, label) in labelNumbers.enumerated() {
      try scored.add(
        score: probabilities[document * width + (width > 1 ? model.scoredLabel : 0)],
        isPositive: isGood[Int(label)], source: sources.names[Int(sourceNumbers[document])])
    }
    return .binary(QualityReport(scored, threshold: threshold))
  }

  /// For each label of the documents its position among the model's; nil where the model has none such.
  private var modelPositions: [Int?] {
    let written = model.labels.map { LabelledInputs.label(of: $0) }
    return labels.names.map { model.labels.firstIndex(of: $0) ?? written.firstIndex(of: $0) }
  }

  private func meansGood(
    _ position: Int?, label: String, number: UInt32
  ) throws(PipelineError) -> Bool {
    if model.isScoredLabelPlain {
      if let position { return position == model.scoredLabel }
      if label == "1" || label == "0" { return label == "1" }
    } else if position != nil {
      return false
    }
    let document = labelNumbers.firstIndex(of: number) ?? 0
    let known = model.labels.joined(separator: ", ")
    throw PipelineError(
      file: sources.names[Int(sourceNumbers[document])],
      message: model.isScoredLabelPlain
        ? "has the label '\(label)'; the model knows \(known), and 1 and 0 stand for good and bad"
        : "has the label '\(label)', which is none of the model's: \(known). Where 1 and 0 stand for "
          + "good and bad, name the model's good label with --label")
  }

  private func multiclass(_ positions: [Int?]) throws -> Judgement {
    var scores = try MulticlassScores(classNames: model.labels)
    for (document, label) in labelNumbers.enumerated() {
      guard let position = positions[Int(label)] else { continue }
      let own = Array(probabilities[(document * width)..<((document + 1) * width)])
      try scores.add(
        probabilities: own, class: position, predicted: Int(predictions[document]))
    }
    return .multiclass(MulticlassReport(scores))
  }
}

/// Names by number, each held once.
private struct NameTable {
  private(set) var names: [String] = []
  private var numbers: [String: UInt32] = [:]

  mutating func number(of name: String) -> UInt32 {
    if let known = numbers[name] { return known }
    let number = UInt32(names.count)
    names.append(name)
    numbers[name] = number
    return number
  }
}
