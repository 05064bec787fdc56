import Testing
import TextAnalysis

@testable import QualityModel

struct QualityTrainerTests {
  @Test func `a model learns to tell good texts from bad ones it has not seen`() async throws {
    let model = try await TestTraining.model(
      SampleTexts.examples(400, seed: 1), QualityTrainingSettings())
    let unseen = SampleTexts.examples(400, seed: 2)
    var scratch = model.makeScratch()
    let report = try QualityReport.evaluate(
      scores: unseen.map {
        model.probabilities(logOdds: model.margin($0.text.span, &scratch)).second
      }, labels: unseen.map { $0.label == 1 })
    #expect((report.auc ?? 0) > 0.95)
    #expect(model.training?.textCounts == [200, 200])
  }

  @Test(arguments: FeaturePipeline.allCases)
  func `the same texts and settings give the same bits`(pipeline: FeaturePipeline) async throws {
    var settings = QualityTrainingSettings()
    settings.pipeline = pipeline
    let examples = SampleTexts.examples(100, seed: 3)
    let first = try await TestTraining.model(examples, settings)
    let second = try await TestTraining.model(examples, settings)
    #expect(first.weights == second.weights && first.training == second.training)
  }

  @Test func `a text of weight two counts as two texts`() async throws {
    var settings = QualityTrainingSettings()
    settings.tolerance = 1e-12
    settings.maximumIterations = 500
    var weighted = SampleTexts.examples(60, seed: 4)
    let doubled = weighted + weighted[..<20]
    for index in 0..<20 { weighted[index].weight = 2 }
    weighted.append(LabelledText(text: Array("ignored".utf8), label: 1, weight: 0))
    let first = try await TestTraining.model(weighted, settings)
    let second = try await TestTraining.model(doubled, settings)
    var scratch = first.makeScratch()
    for example in weighted {
      let margin = first.margin(example.text.span, &scratch)
      #expect(abs(margin - second.margin(example.text.span, &scratch)) < 1e-4)
    }
  }

  @Test func `features of too few texts have no weight`() async throws {
    var settings = QualityTrainingSettings()
    let examples = SampleTexts.examples(100, seed: 5)
    let all = try await TestTraining.model(examples, settings)
    settings.minimumDocumentFrequency = 20
    let frequent = try await TestTraining.model(examples, settings)
    #expect(frequent.weights.features.count < all.weights.features.count / 2)
    settings.minimumDocumentFrequency = 1000
    #expect(try await TestTraining.model(examples, settings).weights.features.isEmpty)
  }

  @Test func `texts of one label alone are refused`() async {
    let examples = SampleTexts.examples(10, seed: 6)
    let settings = QualityTrainingSettings()
    await #expect(throws: QualityTrainingError.noNegatives) {
      try await TestTraining.model(examples.filter { $0.label == 1 }, settings)
    }
    await #expect(throws: QualityTrainingError.noPositives) {
      try await TestTraining.model(examples.filter { $0.label == 0 }, settings)
    }
    await #expect(throws: QualityTrainingError.noPositives) {
      try await TestTraining.model([], settings)
    }
  }

  @Test(arguments: [
    ("features", SettingValue.integer(0)), ("features", .integer(1 << 31)),
    ("minimum-document-frequency", .integer(0)), ("regularization", .number(-1)),
    ("elastic-net", .number(1.5)), ("maximum-iterations", .integer(-1)),
    ("tolerance", .number(-0.1)), ("tolerance", .number(.nan)),
  ])
  func `settings out of range are refused by name`(name: String, value: SettingValue) throws {
    var settings = QualityTrainingSettings()
    let setting = try #require(QualityTrainingSettings.settings.first { $0.name == name })
    #expect(setting.set(&settings, value))
    let error = #expect(throws: SettingsError.self) { try settings.validate(labelCount: 2) }
    #expect(error?.setting == name)
  }

  @Test func `settings keep what they are given, and null means the pipeline's own`() {
    for setting in QualityTrainingSettings.settings {
      var settings = QualityTrainingSettings().resolved
      let value = setting.get(settings)
      #expect(setting.set(&settings, value), "\(setting.name)")
      #expect(settings == QualityTrainingSettings().resolved)
    }
    var spark = QualityTrainingSettings()
    spark.pipeline = .spark
    #expect(spark.resolved.regularization == 0 && spark.resolved.standardization == true)
    #expect(spark.featureSettings.termWeight == .count)
    #expect(QualityTrainingSettings().featureSettings.normalization == .euclidean)
  }
}
