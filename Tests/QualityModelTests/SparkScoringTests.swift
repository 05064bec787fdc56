import Testing

@testable import QualityModel

struct SparkScoringTests {
  @Test(arguments: SparkVectors.regressionNames)
  func `Spark's coefficients give Spark's margins to the last bit`(name: String) throws {
    guard let models = try SparkVectors.lines("lr_\(name).json", as: SparkVectors.Regression.self),
      let model = models.first,
      let texts = try SparkVectors.lines("lr_test.jsonl", as: SparkVectors.Row.self),
      let expected = try SparkVectors.lines(
        "lr_\(name).pred.jsonl", as: SparkVectors.Prediction.self)
    else { return }
    #expect(texts.count == 500 && expected.count == 500)
    let linear = model.model
    var scratch = linear.makeScratch()
    var differentCount = 0
    for (text, prediction) in zip(texts, expected) {
      let bytes = Array(text.text.utf8)
      let margins = linear.margins(bytes.span, &scratch)
      #expect(margins == prediction.raw)
      let probabilities = linear.probabilities(margins: margins)
      // The exponentials of two libraries are neighbours now and then.
      #expect(abs(probabilities[1] - prediction.prob[1]) <= 2.3e-16)
      differentCount += probabilities == prediction.prob ? 0 : 1
    }
    #expect(differentCount <= 5)
  }
}
