import TestSupport
import Testing
import TextAnalysis

@testable import QualityModel

struct QualityScoreTests {
  private func folderWithModel() async throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try await TestTraining.model(SampleTexts.examples(100, seed: 1), .init()).write(to: folder.path)
    return folder
  }

  private func step(_ path: String) throws -> QualityScore {
    var settings = QualityScore.Settings()
    settings.model = PathSetting(path)
    return try QualityScore(settings)
  }

  @Test func `a document gets the probability that a scorer gives`() async throws {
    let folder = try await folderWithModel()
    let step = try step(folder.path)
    let scorer = try QualityModel(path: folder.path).makeScorer()
    for example in SampleTexts.examples(50, seed: 2) + [LabelledText(text: [], label: 1)] {
      let attributes = step.annotate(AnalyzedText(example.text))
      #expect(attributes.map(\.name) == ["quality"])
      #expect(attributes.map(\.value) == [scorer.score(example.text.span)])
    }
  }

  @Test func `many workers share one step and get the same scores`() async throws {
    let folder = try await folderWithModel()
    let step = try step(folder.path)
    let examples = SampleTexts.examples(200, seed: 3)
    let alone = examples.map { step.annotate(AnalyzedText($0.text))[0].value }
    await withTaskGroup(of: [Double].self) { group in
      for _ in 0..<8 {
        group.addTask { examples.map { step.annotate(AnalyzedText($0.text))[0].value } }
      }
      for await scores in group { #expect(scores == alone) }
    }
  }

  @Test func `a missing or broken model is refused before anything runs`() throws {
    let none = #expect(throws: SettingsError.self) { try step("") }
    #expect(none?.setting == "model")
    let absent = #expect(throws: SettingsError.self) { try step("/no/such/model") }
    #expect(absent?.message.contains("/no/such/model/model.json") == true)
  }

  @Test func `a model without counts scores like its weights written out`() async throws {
    let examples = SampleTexts.examples(60, seed: 5)
    for weight in TermWeight.allCases {
      var settings = QualityTrainingSettings()
      settings.termWeight = weight
      let model = try await TestTraining.model(examples, settings)
      var scratch = model.makeScratch()
      let matrix = model.weights
      let weights = Dictionary(uniqueKeysWithValues: zip(matrix.features, matrix.weights))
      for example in examples {
        let words = WordReference.words(String(decoding: example.text, as: UTF8.self))
        var (sum, squares) = (0.0, 0.0)
        for entry in WordReference.entries(words, settings.features) {
          let value = weight == .count ? Double(entry.count) : 1
          sum += (weights[UInt32(entry.feature)] ?? 0) * value
          squares += value * value
        }
        let margin = model.margin(example.text.span, &scratch)
        #expect(margin == sum / squares.squareRoot() + matrix.intercepts[0])
      }
    }
  }

  @Test func `the catalog is sorted and its names are in kebab case`() {
    let names = QualityCatalog.steps.map { $0.name }
    #expect(names == names.sorted() && names.contains("quality-score"))
  }

  @Test func `the margin decides where the digits of probabilities run out`() throws {
    let model = LinearModel(
      features: QualityTrainingSettings().featureSettings, labels: ["1", "2", "3"],
      weights: WeightMatrix(rowCount: 3, features: [], weights: [], intercepts: [0, 1e-300, -1]),
      inverseDocumentFrequencies: [], decision: .thresholds([1, 1, 1]), training: nil)
    let scorer = try QualityModel(.linear(model), path: "", label: "2").makeScorer()
    let (probabilities, label) = scorer.classify(Array("any".utf8).span)
    #expect(probabilities == scorer.probabilities(Array("any".utf8).span))
    #expect(probabilities[0] == probabilities[1] && label == 1)
    #expect(model.label(rowMargins: [0, 1e-300, -1]) == 1)
  }
}
