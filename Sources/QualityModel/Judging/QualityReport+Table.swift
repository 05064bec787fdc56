internal import ByteKernels
internal import Reports

/// The report for people.
extension QualityReport {
  /// Sources that the table lists; the JSON has them all.
  private static let listedSourceCount = 20

  /// The figures, each with what it means, then tables of what thresholds keep, of calibration and sources.
  package var table: String {
    let deviation = QualityFigure("auc_standard_error", aucStandardError)
    var figures = rankingFigures
    figures.insert(deviation, at: 1)
    var sections = [documentLine, figureTable(figures)]
    sections.append(
      "At threshold \(FigureText.decimal(threshold)) (a text is taken for good when it scores above):\n"
        + figureTable(decisionFigures))
    sections.append(averageTable)
    sections.append(confusionTable)
    if documentCount > 0 {
      sections.append(thresholdTable)
      sections.append(calibrationTable)
    }
    if !sources.isEmpty { sections.append(sourceTable) }
    return sections.joined(separator: "\n")
  }

  private var documentLine: String {
    "\(Words.count(documentCount)) documents: \(Words.count(positiveCount)) good "
      + "(\(FigureText.percent(prevalence))) and \(Words.count(negativeCount)) bad\n"
  }

  private func figureTable(_ figures: [QualityFigure]) -> String {
    var table = TextTable(wordColumns: [0, 2])
    for figure in figures {
      table.append([
        figure.name, FigureText.decimal(figure.value), Self.meanings[figure.name] ?? "",
      ])
    }
    return table.text
  }

  private var averageTable: String {
    var table = TextTable(header: ["over both classes", "precision", "recall", "f1"])
    for (name, figures) in confusion.averages {
      table.append(
        [name]
          + [figures?.precision, figures?.recall, figures?.f1].map { FigureText.decimal($0) })
    }
    return table.text
  }

  private var confusionTable: String {
    var table = TextTable(header: ["", "taken for good", "taken for bad"])
    table.append(["good", Words.count(truePositiveCount), Words.count(falseNegativeCount)])
    table.append(["bad", Words.count(falsePositiveCount), Words.count(trueNegativeCount)])
    return table.text
  }

  private var thresholdTable: String {
    var table = TextTable(header: [
      "to keep", "threshold", "documents", "kept", "precision", "recall", "f1",
    ])
    for (percent, effect) in zip(Self.keptPercents, keptShares) {
      table.append(["top \(percent) %"] + Self.cells(effect))
    }
    if let bestF1 { table.append(["best f1"] + Self.cells(bestF1)) }
    return table.text
  }

  private static func cells(_ effect: ThresholdEffect) -> [String] {
    [
      FigureText.decimal(effect.threshold), Words.count(effect.keptCount),
      FigureText.percent(effect.keptShare), FigureText.decimal(effect.precision),
      FigureText.decimal(effect.recall), FigureText.decimal(effect.f1),
    ]
  }

  private var calibrationTable: String {
    var table = TextTable(header: ["score", "documents", "mean score", "good", "error"])
    for bin in calibration.bins {
      let edges = [bin.lowerEdge, bin.upperEdge].map { Words.decimal($0, 1) }
      table.append([
        edges.joined(separator: " to "), Words.count(bin.documentCount),
        FigureText.percent(bin.meanScore), FigureText.percent(bin.positiveShare),
        FigureText.percent(bin.error),
      ])
    }
    return table.text
  }

  private var sourceTable: String {
    var table = TextTable(header: ["source", "documents", "good", "mean score", "kept", "auc"])
    for source in sources.prefix(Self.listedSourceCount) {
      let count = source.documentCount
      table.append([
        FigureText.name(source.source), Words.count(count),
        FigureText.percent(ClassFigures.ratio(source.positiveCount, count)),
        FigureText.decimal(source.meanScore),
        FigureText.percent(ClassFigures.ratio(source.keptCount, count)),
        FigureText.decimal(source.auc),
      ])
    }
    let rest = sources.dropFirst(Self.listedSourceCount)
    if !rest.isEmpty {
      let count = rest.reduce(0) { $0 + $1.documentCount }
      table.append(["and \(Words.count(rest.count)) more", Words.count(count)])
    }
    return table.text
  }

  private static let meanings = [
    "auc": "the chance that a good text scores above a bad one; a tie is half a chance",
    "auc_standard_error": "how far the auc of other such documents may lie from this one",
    "average_precision":
      "the precision averaged over the good texts as the threshold falls (PR-AUC)",
    "area_under_pr": "the same by straight lines between thresholds, as Spark's areaUnderPR",
    "log_loss": "the mean of -ln of the probability given to the truth; 0.69315 is guessing",
    "brier": "the mean squared distance of score and truth; 0.25 is guessing",
    "expected_calibration_error": "how far scores are from shares of good texts, on average",
    "maximum_calibration_error": "the same where it is worst, among ten ranges of the score",
    "f1": "the harmonic mean of precision and recall",
    "precision": "good texts among those taken for good",
    "recall": "those taken for good among the good texts",
    "accuracy": "texts taken for what they are",
    "balanced_accuracy": "the same as if good and bad were equally frequent",
    "matthews_correlation": "of decision and truth: 0 is chance, 1 is perfect",
    "macro_f1": "the mean F1 of good and bad",
  ]
}
