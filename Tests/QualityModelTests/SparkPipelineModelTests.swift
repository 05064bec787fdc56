import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

struct SparkPipelineModelTests {
  /// A model's features of a text, multiplied as Spark does before it weighs them.
  private func values(_ text: [UInt8], _ model: LinearModel) -> (indices: [Int], values: [Double]) {
    var scratch = model.makeScratch()
    let entries = model.extractor.entries(text, &scratch)
    let frequencies = model.inverseDocumentFrequencies
    return (
      entries.map(\.feature),
      entries.map { Double($0.count) * (frequencies.isEmpty ? 1 : frequencies[$0.feature]) }
    )
  }

  private func check(_ model: LinearModel, _ text: String, _ row: SparkFixture.Row, _ name: String)
  {
    let bytes = Array(text.utf8)
    let (indices, values) = values(bytes, model)
    #expect(indices == row.indices && values == row.values, "\(name): \(text.debugDescription)")
    var terms: [String] = []
    var scratch = model.makeScratch()
    model.extractor.forEachTerm(bytes.span, &scratch.terms) { term, _ in
      terms.append(String(copying: term))
    }
    #expect(terms.map { Array($0.utf8) } == row.tokens.map { Array($0.utf8) }, "\(name): \(text)")
    let margins = model.margins(bytes.span, &scratch)
    #expect(margins == row.margins, "\(name): \(text.debugDescription)")
    for (ours, theirs) in zip(model.probabilities(margins: margins), row.probability) {
      #expect(abs(ours - theirs) <= 4.5e-16, "\(name): \(ours) for \(theirs)")
    }
    #expect(Double(model.label(margins: margins)) == row.prediction, "\(name): \(text)")
  }

  @Test(arguments: SparkFixture.names)
  func `models of Spark's score as in Spark, and again when written and read`(
    fixture: String
  ) throws {
    let fixture = try SparkFixture.read(fixture)
    #expect(fixture.models.count == 14 && fixture.texts.count == 40)
    for saved in fixture.models {
      let folder = try ScratchFolder()
      try saved.unpack(to: folder.path("model"))
      #expect(SparkPipelineModel.isPipelineModel(directory: folder.path("model")))
      let model = try SparkPipelineModel.read(directory: folder.path("model"))
      try SparkPipelineModel.write(model, to: folder.path("written"))
      let again = try SparkPipelineModel.read(directory: folder.path("written"))
      #expect(again.features == model.features && again.decision == model.decision)
      for (text, row) in zip(fixture.texts, saved.rows) {
        check(model, text, row, saved.name)
        check(again, text, row, "\(saved.name) written")
      }
    }
  }

  @Test(arguments: SparkVectors.regressionNames)
  func `saved models give Spark's margins to the last bit`(name: String) throws {
    guard let path = SharedData.path("spark/model_\(name)"),
      let texts = try SparkVectors.lines("lr_test.jsonl", as: SparkVectors.Row.self),
      let rows = try SparkVectors.lines("lr_\(name).pred.jsonl", as: SparkVectors.Prediction.self)
    else { return }
    #expect(texts.count == 500 && rows.count == 500)
    let folder = try ScratchFolder()
    let model = try SparkPipelineModel.read(directory: path)
    try SparkPipelineModel.write(model, to: folder.path("written"))
    let again = try SparkPipelineModel.read(directory: folder.path("written"))
    var scratches = (model.makeScratch(), again.makeScratch())
    for (text, row) in zip(texts, rows) {
      let bytes = Array(text.text.utf8)
      let margins = model.margins(bytes.span, &scratches.0)
      #expect(margins == row.raw)
      #expect(again.margins(bytes.span, &scratches.1) == row.raw)
      #expect(Double(model.label(margins: margins)) == row.pred)
    }
  }
}
