internal import ByteKernels
internal import Documents
package import QualityModel
internal import Reports
internal import TextAnalysis

/// Tries settings by cross-validation, and trains a model with the best on all documents.
package struct QualitySearch: Sendable {
  package var inputs = LabelledInputs()
  package var reading: ReadingSettings
  /// Settings of training that are the same in every trial.
  package var overrides: [SettingOverride] = []
  package var space: SearchSpace
  /// Combinations drawn by the seed; nil tries the whole grid.
  package var trialCount: Int?
  package var foldCount = 5
  /// The figure that decides.
  package var figure = "auc"

  package struct Report: Sendable {
    package let result: SearchResult
    package let curve: LearningCurve
    /// The one of two labels that the figures speak for; nil for more labels.
    package let goodLabel: String?
    package let ledger: StageLedger
    package let failures: [Manifest.Failure]

    /// One JSON object on one line.
    package var json: String {
      let good = goodLabel.map { ",\"good_label\":\(JSONText.quoted($0))" } ?? ""
      return "{\"search\":\(result.json),\"learning_curve\":\(curve.json)\(good)}"
    }
  }

  /// The documents with the features of the latest trial.
  private typealias Reading = (features: FeatureSettings, intake: TrainingIntake)

  /// What the overrides belong to.
  package static let owner = "train"
  private static let curveShares = [0.05, 0.1, 0.2, 0.4, 0.7, 1]

  package init(reading: ReadingSettings, space: SearchSpace) {
    self.reading = reading
    self.space = space
  }

  /// Writes the best model into `folder`, and `search.json` and `learning-curve.json` with pictures.
  @MainActor
  package func run(
    to folder: String, workerCount: Int, memoryByteCount: Int, observer: any RunObserver
  ) async throws -> Report {
    try space.check(QualityTrainingSettings.self)
    let combinations =
      trialCount.map { space.sample($0, seed: inputs.seed) } ?? space.grid
    let trials = try combinations.map(settings)
    try ModelDestination.prepare(folder)
    defer { observer.finished() }
    let resources = TrainingResources(
      workerCount: workerCount, memoryByteCount: memoryByteCount, spillPrefix: "\(folder)/rows")
    var rows = [SearchResult.Row?](repeating: nil, count: trials.count)
    var read: Reading?
    for trial in order(of: trials) {
      let intake = try await intake(trials[trial], &read, resources, observer)
      observer.stageBegan(
        "trial \(trial + 1) of \(trials.count)", taskCount: 1, doneCount: 0)
      let validation = try await intake.set.crossValidate(
        foldCount: foldCount, trials[trial], goodLabel: intake.goodLabel)
      guard validation.summary(of: figure) != nil else {
        let names = validation.summaries.map(\.name).joined(separator: ", ")
        throw PipelineError(file: "--figure", message: "'\(figure)' is none of \(names)")
      }
      rows[trial] = SearchResult.Row(
        settings: combinations[trial].map { .init($0.name, $0.value) },
        figures: validation.summaries)
    }
    let result = SearchResult(rows: rows.compactMap(\.self), figure: figure)
    guard let best = result.best, let place = result.rows.firstIndex(of: best) else {
      throw PipelineError(
        file: "--figure", message: "no trial has the figure '\(figure)'; name one of those printed")
    }
    let intake = try await intake(trials[place], &read, resources, observer)
    return try await finish(result, trials[place], intake, folder, observer)
  }

  /// Trains the best model and shows how it came to be with fewer documents.
  @MainActor
  private func finish(
    _ result: SearchResult, _ settings: QualityTrainingSettings, _ intake: TrainingIntake,
    _ folder: String, _ observer: any RunObserver
  ) async throws -> Report {
    observer.stageBegan("learning curve", taskCount: 1, doneCount: 0)
    let curve = try await curve(intake, settings)
    let model = try await intake.set.fit(.all, settings)
    try model.publish(to: folder)
    try PlotFolder.write(
      [
        NamedPlot(fileName: "search.svg", svg: result.plot),
        NamedPlot(fileName: "learning-curve.svg", svg: curve.plot),
      ], to: folder)
    for (name, json) in [("search.json", result.json), ("learning-curve.json", curve.json)] {
      let file = try OutputFile(path: "\(folder)/\(name)")
      try file.write(Array((json + "\n").utf8))
      _ = try file.publish()
    }
    return Report(
      result: result, curve: curve, goodLabel: intake.goodLabel.map { model.labels[$0] },
      ledger: intake.ledger, failures: intake.failures)
  }

  @MainActor
  private func curve(
    _ intake: TrainingIntake, _ settings: QualityTrainingSettings
  ) async throws -> LearningCurve {
    let (set, good) = (intake.set, intake.goodLabel)
    var points: [LearningCurve.Point] = []
    for share in Self.curveShares {
      var heldOut: [Double?] = []
      var training: [Double?] = []
      var documentCount = 0
      for fold in 0..<UInt8(foldCount) {
        let rows = RowSelection(exceptFold: fold, share: share, seed: UInt64(inputs.seed))
        guard set.hasEveryLabel(rows) else { continue }
        let model = try await set.fit(rows, settings)
        let others = RowSelection(fold: fold)
        heldOut.append(try await set.judge(model, others, goodLabel: good).figure(figure))
        training.append(try await set.judge(model, rows, goodLabel: good).figure(figure))
        documentCount = max(documentCount, set.rows(rows).count)
      }
      if heldOut.isEmpty { continue }
      points.append(
        .init(
          documentCount: documentCount, heldOut: FigureSummary(name: figure, values: heldOut),
          training: FigureSummary(name: figure, values: training)))
    }
    return LearningCurve(figure: figure, points: points)
  }

  /// What was read last, if it has the features of these settings; else all is read anew, once that is
  /// let go.
  @MainActor
  private func intake(
    _ settings: QualityTrainingSettings, _ read: inout Reading?, _ resources: TrainingResources,
    _ observer: any RunObserver
  ) async throws -> TrainingIntake {
    if let read, read.features == settings.featureSettings { return read.intake }
    read = nil
    var intake = try await TrainingIntake(
      inputs, reading: reading, settings: settings, findsCopies: true, resources: resources,
      observer: observer)
    intake.divide(intoFolds: foldCount, seed: inputs.seed)
    read = (settings.featureSettings, intake)
    return intake
  }

  private func settings(_ combination: SearchSpace.Combination) throws -> QualityTrainingSettings {
    let chosen = combination.compactMap { SettingOverride("\(Self.owner).\($0.name)=\($0.value)") }
    return try QualityTrainingSettings.overridden(by: overrides + chosen, owner: Self.owner)
  }

  /// Trials of the same features one after the other, so that each is read once.
  private func order(of trials: [QualityTrainingSettings]) -> [Int] {
    var order: [Int] = []
    for trial in trials.indices where !order.contains(trial) {
      order += trials.indices.filter {
        trials[$0].featureSettings == trials[trial].featureSettings && !order.contains($0)
      }
    }
    return order
  }
}
