internal import Documents
package import QualityModel
internal import TextAnalysis

/// Trains a quality model on labelled documents, and judges it on documents it has not seen.
package struct QualityTraining: Sendable {
  package var inputs = LabelledInputs()
  package var reading: ReadingSettings
  package var settings = QualityTrainingSettings()
  /// Held out for judging, with all near copies; the model is trained on the rest.
  package var testShare = 0.0
  /// Folds of cross-validation, 0 for none; the model itself is trained on all documents.
  package var foldCount = 0
  /// A model over the same features to start from.
  package var start: LinearModel?

  package init(reading: ReadingSettings) {
    self.reading = reading
  }

  /// Writes the model into `folder`; equal input and settings give equal bytes for any number of workers
  /// and any memory.
  @MainActor
  package func run(
    to folder: String, workerCount: Int, memoryByteCount: Int, observer: any RunObserver
  ) async throws -> Report {
    try ModelDestination.prepare(folder)
    defer { observer.finished() }
    var intake = try await TrainingIntake(
      inputs, reading: reading, settings: settings, findsCopies: testShare > 0 || foldCount > 0,
      resources: TrainingResources(
        workerCount: workerCount, memoryByteCount: memoryByteCount, spillPrefix: "\(folder)/rows"),
      observer: observer)
    observer.stageBegan("train", taskCount: 1, doneCount: 0)
    let crossValidation = try await crossValidate(&intake)
    if testShare > 0 { intake.holdOut(share: testShare, seed: inputs.seed) }
    let model = try await intake.set.fit(
      testShare > 0 ? RowSelection(fold: 0) : .all, start: start)
    let judgement =
      testShare > 0
      ? try await intake.set.judge(model, RowSelection(fold: 1), goodLabel: intake.goodLabel) : nil
    try model.publish(to: folder)
    let auc = judgement?.figure("auc") ?? crossValidation?.summary(of: "auc")?.mean
    return Report(
      labels: model.labels, goodLabel: intake.goodLabel.map { model.labels[$0] },
      textCounts: intake.textCounts, weightCount: model.weights.features.count,
      iterationCount: model.training?.iterationCount ?? 0, copyCount: intake.copies.copyCount,
      conflictCount: intake.copies.conflictCount, judgement: judgement,
      crossValidation: crossValidation,
      trivialFeatures: intake.trivialFeatures.finish(modelAUC: auc), ledger: intake.ledger,
      failures: intake.failures)
  }

  @MainActor
  private func crossValidate(_ intake: inout TrainingIntake) async throws -> CrossValidation? {
    if foldCount == 0 { return nil }
    intake.divide(intoFolds: foldCount, seed: inputs.seed)
    return try await intake.set.crossValidate(
      foldCount: foldCount, settings, goodLabel: intake.goodLabel)
  }
}

extension TrainingSet {
  /// Trains without each fold in turn and judges on it.
  ///
  /// A fold without which a label has no documents is left out; that all are is an error.
  @MainActor
  func crossValidate(
    foldCount: Int, _ settings: QualityTrainingSettings, goodLabel: Int?
  ) async throws -> CrossValidation {
    var folds: [[QualityFigure]] = []
    for fold in 0..<UInt8(foldCount) {
      let others = RowSelection(exceptFold: fold)
      guard hasEveryLabel(others) else { continue }
      let model = try await fit(others, settings)
      let judgement = try await judge(model, RowSelection(fold: fold), goodLabel: goodLabel)
      folds.append(judgement.figures)
    }
    if folds.isEmpty {
      throw PipelineError(
        file: "--folds",
        message: "without any one fold a label has no documents; give more documents of each label")
    }
    return try CrossValidation(folds: folds)
  }

  /// Whether a selection has rows of every label, without which nothing can be trained.
  func hasEveryLabel(_ selection: RowSelection) -> Bool {
    Set(rows(selection).map { label(row: $0) }).count == labels.count
  }

  /// Judges a model by rows of the set: by the good label, or without one by all labels.
  @MainActor
  func judge(
    _ model: LinearModel, _ selection: RowSelection, goodLabel: Int?
  ) async throws -> Judgement {
    let rowCount = model.weights.rowCount
    let margins = try await margins(model, selection)
    let rows = rows(selection)
    if let goodLabel {
      var scored = ScoredDocuments()
      for (place, row) in rows.enumerated() {
        let own = Array(margins[(place * rowCount)..<((place + 1) * rowCount)])
        try scored.add(
          score: model.probabilities(rowMargins: own)[goodLabel],
          isPositive: label(row: row) == goodLabel)
      }
      let scorer = try QualityModel(.linear(model), path: "", label: labels[goodLabel])
      return .binary(QualityReport(scored, threshold: scorer.threshold))
    }
    var scores = try MulticlassScores(classNames: labels)
    for (place, row) in rows.enumerated() {
      let own = Array(margins[(place * rowCount)..<((place + 1) * rowCount)])
      try scores.add(
        probabilities: model.probabilities(rowMargins: own), class: label(row: row),
        predicted: model.label(rowMargins: own))
    }
    return .multiclass(MulticlassReport(scores))
  }
}

extension LinearModel {
  /// Writes the model into a folder, and where Spark knows its terms and values the same model in
  /// Spark's own form.
  func publish(to folder: String) throws {
    if features.pipeline == .spark, features.normalization == .none {
      try SparkPipelineModel.write(self, to: folder)
    } else {
      try SparkPipelineModel.remove(from: folder)
    }
    _ = try write(to: folder)
  }
}
