internal import ByteKernels
internal import Reports

/// How well the probabilities of several classes tell the classes apart.
package struct MulticlassReport: Sendable, Equatable {
  package let classNames: [String]
  package let confusion: ConfusionMatrix
  /// For each class the chance that one of its texts gets a higher probability of it than a text of
  /// another class; nil when the class, or every other, has no document.
  package let classAUCs: [Double?]
  /// The mean of -ln of the probability given to the true class, in nats; nil without documents.
  package let logLoss: Double?
  /// The ROC curves of the classes with most documents, at most eight, in the order of the classes.
  let curves: [ClassCurve]
  static let drawnCurveCount = 8

  /// - Complexity: O(K n log n), and 8 bytes a document beside the scores.
  package init(_ scores: MulticlassScores) {
    classNames = scores.classNames
    confusion = scores.confusion
    let largest = Set(Self.largestClasses(confusion).prefix(Self.drawnCurveCount))
    var areas: [Double?] = []
    var curves: [ClassCurve] = []
    for index in 0..<scores.classCount {
      let ranking = scores.ranking(index)
      areas.append(ranking.auc)
      if largest.contains(index) {
        curves.append(ClassCurve(index: index, points: ranking.rocCurve))
      }
    }
    classAUCs = areas
    self.curves = curves
    var sum = 0.0
    for document in 0..<scores.count {
      let index = document * scores.classCount + Int(scores.classes[document])
      sum += Calibration.loss(scores.probabilities[index])
    }
    logLoss = scores.count == 0 ? nil : sum / Double(scores.count)
  }

  /// A class and its ROC curve, which has no points when the class, or every other, has no document.
  struct ClassCurve: Sendable, Equatable {
    let index: Int
    let points: [CurvePoint]
  }

  /// The classes, those with most documents first.
  static func largestClasses(_ confusion: ConfusionMatrix) -> [Int] {
    let supports = (0..<confusion.classCount).map { confusion.support($0) }
    return supports.indices.sorted { (supports[$1], $0) < (supports[$0], $1) }
  }

  /// The mean of the classes' areas, each counting alike; nil when one of them is.
  package var macroAUC: Double? {
    let areas = classAUCs.compactMap(\.self)
    return areas.count < classAUCs.count ? nil : areas.reduce(0, +) / Double(areas.count)
  }

  /// All figures of one number, in the order of the table.
  package var figures: [QualityFigure] {
    [
      QualityFigure("auc", macroAUC), QualityFigure("log_loss", logLoss),
      QualityFigure("accuracy", confusion.accuracy),
      QualityFigure("balanced_accuracy", confusion.balancedAccuracy),
      QualityFigure("matthews_correlation", confusion.matthewsCorrelation),
      QualityFigure("macro_f1", confusion.macro?.f1),
      QualityFigure("weighted_f1", confusion.weighted?.f1),
    ]
  }

  /// The figures, then the classes one by one, then who was taken for whom.
  package var table: String {
    var table = TextTable(wordColumns: [0])
    for figure in figures { table.append([figure.name, FigureText.decimal(figure.value)]) }
    let heading =
      "\(Words.count(confusion.documentCount)) documents of \(classNames.count) classes\n"
    var sections = [heading, table.text, classTable]
    // Wider matrices do not fit a terminal; the JSON has them.
    if classNames.count <= 12 { sections.append(confusionTable) }
    return sections.joined(separator: "\n")
  }

  private var classTable: String {
    var table = TextTable(header: ["class", "documents", "precision", "recall", "f1", "auc"])
    for (index, name) in classNames.enumerated() {
      let figures = confusion.figures(index)
      table.append(
        [FigureText.name(name), Words.count(figures.support)]
          + [figures.precision, figures.recall, figures.f1, classAUCs[index]].map {
            FigureText.decimal($0)
          })
    }
    for (name, figures) in confusion.averages {
      table.append(
        [name, ""]
          + [figures?.precision, figures?.recall, figures?.f1].map { FigureText.decimal($0) })
    }
    return table.text
  }

  private var confusionTable: String {
    let names = classNames.map { FigureText.name($0, maximumLength: 12) }
    var table = TextTable(header: ["taken for"] + names)
    for (actual, name) in names.enumerated() {
      table.append(
        [name]
          + names.indices.map { Words.count(confusion[actual: actual, predicted: $0]) })
    }
    return table.text
  }

  /// One JSON object on one line; rows of the confusion matrix are true classes.
  package var json: String {
    var members: [(name: String, value: JSONValue)] = figures.map { ($0.name, JSONValue($0.value)) }
    members.append(("documents", .integer(confusion.documentCount)))
    members += confusion.averages.map { ($0.name, $0.figures?.json ?? .null) }
    let classes = classNames.indices.map { index in
      let figures = confusion.figures(index)
      return JSONValue.object([
        ("class", .string(classNames[index])), ("documents", .integer(figures.support)),
        ("precision", JSONValue(figures.precision)), ("recall", JSONValue(figures.recall)),
        ("f1", JSONValue(figures.f1)), ("auc", JSONValue(classAUCs[index])),
      ])
    }
    let rows = classNames.indices.map { actual in
      JSONValue.numbers(classNames.indices.map { confusion[actual: actual, predicted: $0] })
    }
    members += [("classes", .array(classes)), ("confusion", .array(rows))]
    return JSONValue.object(members).text
  }
}
