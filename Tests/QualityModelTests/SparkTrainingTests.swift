import Testing

@testable import QualityModel

struct SparkTrainingTests {
  @Test(arguments: SparkVectors.regressionNames)
  func `training reaches Spark's objective and margins`(name: String) async throws {
    guard let models = try SparkVectors.lines("lr_\(name).json", as: SparkVectors.Regression.self),
      let spark = models.first,
      let texts = try SparkVectors.lines("lr_train.jsonl", as: SparkVectors.Row.self),
      let unseen = try SparkVectors.lines("lr_test.jsonl", as: SparkVectors.Row.self)
    else { return }
    let examples = texts.map { row in
      LabelledText(
        text: Array(row.text.utf8), label: Int(row.label ?? 0),
        weight: spark.lr.weightCol == nil ? 1 : row.weight ?? 1)
    }
    let model = try await TestTraining.model(examples, settings(spark))
    let objective = try #require(spark.objectiveHistory.last)
    let training = try #require(model.training)
    #expect(training.objective <= objective * (1 + 1e-6))
    let theirs = spark.model
    var (scratch, theirScratch) = (model.makeScratch(), theirs.makeScratch())
    var farthest = 0.0
    for row in texts + unseen {
      let bytes = Array(row.text.utf8)
      let margin = model.margin(bytes.span, &scratch)
      farthest = max(farthest, abs(margin - theirs.margin(bytes.span, &theirScratch)))
    }
    #expect(farthest <= (name.contains("tight") ? 5e-5 : 2e-3))
  }

  @Test func `many labels, inverse document frequencies and the rest are Spark's too`() async throws
  {
    let spark = try SparkRegressions()
    #expect(spark.models.count == 19)
    for regression in spark.models {
      let texts = spark.texts(regression)
      let labels = (0..<(regression.label == "second" ? 2 : 4)).map(String.init)
      let model = try await TestTraining.model(texts, spark.settings(regression), labels: labels)
      let theirs = spark.sparkModel(regression)
      let objective = try #require(regression.objectives.last)
      #expect((model.training?.objective ?? 1) <= objective * (1 + 1e-6), "\(regression.name)")
      if let idf = regression.idf {
        #expect(zip(idf, model.inverseDocumentFrequencies).allSatisfy { abs($0 - $1) < 1e-14 })
      }
      let isTight = regression.name.contains("tight")
      var (scratch, farthest) = (model.makeScratch(), 0.0)
      for (text, prediction) in zip(texts, regression.predictions) {
        let margins = model.margins(text.text.span, &scratch)
        let expected = theirs.margins(text.text.span, &scratch)
        // With L1 alone the weights of a feature can be moved together at no cost: not so the differences.
        for (margin, expected) in zip(centred(margins), centred(expected)) {
          farthest = max(farthest, abs(margin - expected))
        }
        let probabilities = theirs.probabilities(margins: expected)
        #expect(theirs.decision.label(probabilities: probabilities) == prediction)
      }
      #expect(farthest <= (isTight ? 5e-5 : 2e-3), "\(regression.name): \(farthest)")
    }
  }

  private func centred(_ margins: [Double]) -> [Double] {
    let mean = margins.reduce(0, +) / Double(margins.count)
    return margins.map { $0 - mean }
  }

  private func settings(_ spark: SparkVectors.Regression) -> QualityTrainingSettings {
    var settings = QualityTrainingSettings()
    settings.pipeline = .spark
    settings.features = spark.hashingTF.numFeatures
    settings.termWeight = spark.hashingTF.binary == true ? .binary : .count
    settings.regularization = spark.lr.regParam ?? 0
    settings.elasticNet = spark.lr.elasticNetParam ?? 0
    settings.standardization = spark.lr.standardization ?? true
    settings.intercept = spark.lr.fitIntercept ?? true
    settings.maximumIterations = spark.lr.maxIter ?? 100
    settings.tolerance = spark.lr.tol ?? 1e-6
    return settings
  }
}
