internal import Documents

/// The stages that a model of ours has in Spark, from the text to the label.
struct SparkStageFiles {
  private(set) var stages: [SparkStageFile] = []
  private var column = "text"

  init(_ model: LinearModel, _ path: String) throws(QualityModelError) {
    func refusal(_ message: String) -> QualityModelError {
      QualityModelError(path: path, message: "cannot be written for Spark: \(message)")
    }
    guard case .spark(let terms) = model.features.terms else {
      throw refusal("Spark does not know the terms of the model; train with --pipeline spark")
    }
    guard model.features.normalization == .none else {
      throw refusal("Spark does not divide by the length of a text; train with normalization none")
    }
    let weights = model.weights
    guard weights.weights.count <= ParquetTableWriter.maximumElementCount,
      model.inverseDocumentFrequencies.count <= ParquetTableWriter.maximumElementCount,
      !weights.sumsFromIntercepts
        || model.features.featureCount < ParquetTableWriter.maximumElementCount
    else { throw refusal("it has more than \(ParquetTableWriter.maximumElementCount) weights") }
    add(terms)
    var hashing = transform("HashingTF", to: "frequencies")
    hashing.parameters.append(("numFeatures", .integer(model.features.featureCount)))
    hashing.parameters.append(("binary", .boolean(model.features.termWeight == .binary)))
    if terms.hash == .legacy { hashing.sparkVersion = SparkStageFile.legacyVersion }
    stages.append(hashing)
    if !model.inverseDocumentFrequencies.isEmpty {
      var frequencies = transform("IDFModel", to: "features")
      frequencies.data = Self.table(model.inverseDocumentFrequencies)
      stages.append(frequencies)
    }
    stages.append(regression(model))
    let numbers = model.labels.indices.map { String($0) }
    if model.labels != numbers {
      column = "prediction"
      var names = transform("IndexToString", to: "predictedLabel")
      names.parameters.append(("labels", .strings(model.labels)))
      stages.append(names)
    }
  }

  /// A stage that makes a column of the one before.
  private mutating func transform(_ kind: String, to output: String) -> SparkStageFile {
    defer { column = output }
    return SparkStageFile(
      kind: kind, parameters: [("inputCol", .string(column)), ("outputCol", .string(output))])
  }

  private mutating func add(_ terms: SparkTerms) {
    let tokenizer = terms.tokenizer
    var first = transform(
      tokenizer == .whitespace ? "Tokenizer" : "RegexTokenizer", to: "words")
    if tokenizer != .whitespace {
      first.parameters.append(("pattern", .string(tokenizer.pattern.source)))
      first.parameters.append(("gaps", .boolean(tokenizer.matchesGaps)))
      first.parameters.append(("minTokenLength", .integer(tokenizer.minimumLength)))
      first.parameters.append(("toLowercase", .boolean(tokenizer.makesLowercase)))
    }
    stages.append(first)
    if let stopWords = terms.stopWords {
      var remover = transform("StopWordsRemover", to: "kept")
      remover.parameters.append(("stopWords", .strings(stopWords.words)))
      remover.parameters.append(("caseSensitive", .boolean(stopWords.isCaseSensitive)))
      remover.parameters.append(("locale", .string(stopWords.locale)))
      stages.append(remover)
    }
    if terms.wordCount > 1 {
      var neighbours = transform("NGram", to: "neighbours")
      neighbours.parameters.append(("n", .integer(terms.wordCount)))
      stages.append(neighbours)
    }
  }

  private func regression(_ model: LinearModel) -> SparkStageFile {
    var stage = SparkStageFile(
      kind: "LogisticRegressionModel", package: "org.apache.spark.ml.classification",
      parameters: [("featuresCol", .string(column)), ("predictionCol", .string("prediction"))])
    switch model.decision {
    case .threshold(let threshold): stage.parameters.append(("threshold", .number(threshold)))
    case .thresholds(let thresholds):
      // Equal ones decide as none do.
      if !thresholds.allSatisfy({ $0 == 1 }) {
        stage.parameters.append(("thresholds", .numbers(thresholds)))
      }
    }
    if let training = model.training {
      stage.parameters.append(("regParam", .number(training.regularization)))
      stage.parameters.append(("elasticNetParam", .number(training.elasticNet)))
      stage.parameters.append(("standardization", .boolean(training.standardization)))
      stage.parameters.append(("fitIntercept", .boolean(training.fitsIntercept)))
      stage.parameters.append(("maxIter", .integer(training.maximumIterations)))
      stage.parameters.append(("tol", .number(training.tolerance)))
    }
    stage.data = Self.table(model)
    return stage
  }

  private static func table(_ frequencies: [Double]) -> [UInt8] {
    let row = ParquetValue.structure([
      "idf": dense(frequencies),
      // How many texts had a feature is not kept; Spark has zeros where a model of Spark 2 is read.
      "docFreq": .integers(Array(repeating: 0, count: frequencies.count)), "numDocs": .integer(0),
    ])
    return bytes(SparkSchema.frequencies, row)
  }

  private static func table(_ model: LinearModel) -> [UInt8] {
    let weights = model.weights
    let row = ParquetValue.structure([
      "numClasses": .integer(model.labels.count),
      "numFeatures": .integer(model.features.featureCount),
      "interceptVector": dense(weights.intercepts),
      "coefficientMatrix": matrix(weights, model.features.featureCount),
      "isMultinomial": .boolean(weights.rowCount > 1),
    ])
    return bytes(SparkSchema.regression, row)
  }

  private static func bytes(_ fields: [ParquetTableField], _ row: ParquetValue) -> [UInt8] {
    ParquetTableWriter.bytes(
      fields, row: row, metadata: [(SparkSchema.metadataKey, SparkSchema.json(fields))])
  }

  private static func dense(_ numbers: [Double]) -> ParquetValue {
    .structure(["type": .integer(1), "size": .null, "indices": .null, "values": .doubles(numbers)])
  }

  /// The weights that are not 0, by rows, or by columns where Spark has to sum in that order.
  private static func matrix(_ weights: WeightMatrix, _ featureCount: Int) -> ParquetValue {
    let rowCount = weights.rowCount
    var starts = [0]
    var places: [Int] = []
    var values: [Double] = []
    func append(_ row: Int, _ position: Int, place: Int) {
      let value = weights.weights[position * rowCount + row]
      if value == 0 { return }
      places.append(place)
      values.append(value)
    }
    if weights.sumsFromIntercepts {
      var position = 0
      for feature in 0..<featureCount {
        if position < weights.features.count, Int(weights.features[position]) == feature {
          for row in 0..<rowCount { append(row, position, place: row) }
          position += 1
        }
        starts.append(values.count)
      }
    } else {
      for row in 0..<rowCount {
        for (position, feature) in weights.features.enumerated() {
          append(row, position, place: Int(feature))
        }
        starts.append(values.count)
      }
    }
    return .structure([
      "type": .integer(0), "numRows": .integer(rowCount), "numCols": .integer(featureCount),
      "colPtrs": .integers(starts), "rowIndices": .integers(places), "values": .doubles(values),
      "isTransposed": .boolean(!weights.sumsFromIntercepts),
    ])
  }
}
