import Documents
import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

/// Folders that are no models of Spark's, or broken ones, and what is written where.
struct SparkFolderTests {
  private func model(
    _ terms: FeatureTerms = .spark(SparkTerms()), weights: [Double] = [0.5, -1],
    normalization: Normalization = .none, frequencies: [Double] = []
  ) -> LinearModel {
    LinearModel(
      features: FeatureSettings(
        terms: terms, featureCount: 16, termWeight: .count, normalization: normalization),
      labels: ["0", "1"],
      weights: WeightMatrix(rowCount: 1, features: [3, 9], weights: weights, intercepts: [0.25]),
      inverseDocumentFrequencies: frequencies, decision: .threshold(0.5), training: nil)
  }

  /// The paths of all files below a folder, and what they hold.
  private func files(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let url = URL(fileURLWithPath: "\(folder)/\(path)")
      if let data = try? Data(contentsOf: url) { files[path] = data }
    }
    return files
  }

  private func file(_ folder: String, _ parts: String...) throws -> String {
    let paths = try files(folder).keys.filter { path in parts.allSatisfy { path.contains($0) } }
    return "\(folder)/\(try #require(paths.first))"
  }

  private func edit(_ path: String, _ text: String, _ replacement: String) throws {
    let url = URL(fileURLWithPath: path)
    let content = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    #expect(content.contains(text), "\(path): \(content)")
    try Data(content.replacing(text, with: replacement).utf8).write(to: url)
  }

  private func refusal(_ folder: String) throws -> QualityModelError {
    try #require(
      #expect(throws: QualityModelError.self) { try SparkPipelineModel.read(directory: folder) })
  }

  @Test func `the same model gives the same bytes, over another model too`() throws {
    let folder = try ScratchFolder()
    try SparkPipelineModel.write(model(weights: [1, 2]), to: folder.path("a"))
    try SparkPipelineModel.write(model(), to: folder.path("a"))
    try SparkPipelineModel.write(model(), to: folder.path("deep/er/b"))
    let written = try files(folder.path("a"))
    #expect(written.count == 10)
    #expect(try files(folder.path("deep/er/b")) == written)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a", "deep"])
  }

  @Test func `other files of a folder stay, and what is no model of Spark's is not replaced`()
    throws
  {
    let folder = try ScratchFolder()
    try SparkPipelineModel.write(model(weights: [1, 2]), to: folder.path("m"))
    try folder.write("m/notes.txt", [1])
    try SparkPipelineModel.write(model(), to: folder.path("m"))
    #expect(try folder.read("m/notes.txt") == [1])
    #expect(try SparkPipelineModel.read(directory: folder.path("m")).weights == model().weights)
    try SparkPipelineModel.remove(from: folder.path("m"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("m")) == ["notes.txt"])
    try SparkPipelineModel.remove(from: folder.path("m"))
    for foreign in ["metadata/part-00000", "stages/data.bin"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("f/\(foreign.prefix { $0 != "/" })"), withIntermediateDirectories: true)
      try folder.write("f/\(foreign)", [1])
      #expect(throws: QualityModelError.self) {
        try SparkPipelineModel.write(model(), to: folder.path("f"))
      }
      #expect(try folder.read("f/\(foreign)") == [1])
      try FileManager.default.removeItem(atPath: folder.path("f"))
    }
    try folder.write("a.txt", [1])
    #expect(throws: QualityModelError.self) {
      try SparkPipelineModel.write(model(), to: folder.path("a.txt"))
    }
  }

  @Test func `what Spark does not know is not written`() throws {
    let folder = try ScratchFolder()
    for (model, message) in [
      (model(.words(WordTerms())), "train with --pipeline spark"),
      (model(normalization: .euclidean), "normalization none"),
    ] {
      let error = #expect(throws: QualityModelError.self) {
        try SparkPipelineModel.write(model, to: folder.path("m"))
      }
      #expect(error?.message.contains(message) == true)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(arguments: [
    (
      "HashingTF_", "\"numFeatures\":16", "\"numFeatures\":17",
      "16 features where HashingTF makes 17"
    ),
    ("HashingTF_", "\"numFeatures\":16", "\"numFeatures\":2147483647", "numFeatures that is not"),
    (
      "HashingTF_", "\"numFeatures\":16", "\"numFeatures\":\"x\"",
      "numFeatures that is not a number"
    ),
    (
      "HashingTF_", "feature.HashingTF", "feature.Word2VecModel",
      "is a Word2VecModel; supported are"
    ),
    ("HashingTF_", "\"words\"", "\"other\"", "no stage that makes the column 'other'"),
    ("HashingTF_", "\"frequencies\"", "\"x\"", "no stage that makes the column 'frequencies'"),
    ("RegexTokenizer_", "\"words\"", "\"kept\"", "makes the column 'kept' a second time"),
    ("RegexTokenizer_", "(?:a)", "\\\\X", "a pattern that cannot be done here: the pattern '\\X'"),
    ("RegexTokenizer_", "\"gaps\":true", "\"gaps\":1", "gaps that is not true or false"),
    (
      "RegexTokenizer_", "feature.RegexTokenizer", "feature.NGram",
      "Tokenizer or RegexTokenizer belongs"
    ),
    ("StopWordsRemover_", "en_US", "lt", "the lower case of Lithuanian"),
    ("Regression", "\"threshold\":0.5", "\"threshold\":1.5", "a threshold of 1.5"),
    ("Regression", "\"threshold\":0.5", "\"thresholds\":[1.0]", "thresholds that are not"),
    ("Regression", "\"threshold\":0.5", "\"thresholds\":[0.0,0.0]", "thresholds that are not"),
    ("Regression", "{\"class\"", "{\"klass\"", "is not the metadata"),
    ("Regression", "LogisticRegressionModel\",\"t", "LinearSVCModel\",\"t", "is a LinearSVCModel"),
  ])
  func `a stage that is wrong is named`(
    stage: String, text: String, replacement: String, message: String
  ) throws {
    let folder = try ScratchFolder()
    let tokenizer = SparkTokenizer(
      pattern: try JavaPattern("(?:a)"), matchesGaps: true, minimumLength: 1, makesLowercase: true)
    let stopWords = SparkStopWords(words: ["a"], isCaseSensitive: false, locale: "en_US")
    // Words that HashingTF reads right away, so that one column can be renamed.
    let hasWords = stage.hasPrefix("Regex") || stage.hasPrefix("Stop")
    let terms =
      hasWords ? SparkTerms(tokenizer: tokenizer, stopWords: stopWords) : SparkTerms()
    try SparkPipelineModel.write(model(.spark(terms)), to: folder.path("m"))
    let path = try file(folder.path("m"), stage, "metadata/part-")
    try edit(path, text, replacement)
    let error = try refusal(folder.path("m"))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.path.hasPrefix(folder.path("m")))
  }

  @Test func `a stage alone is no model`() throws {
    let folder = try ScratchFolder()
    try SparkPipelineModel.write(model(), to: folder.path("m"))
    let path = try file(folder.path("m"), "Regression", "metadata/part-")
    let stage = path.split(separator: "/metadata/")[0]
    #expect(SparkPipelineModel.isPipelineModel(directory: String(stage)))
    let error = try refusal(String(stage))
    #expect(error.message.contains("holds a LogisticRegressionModel alone"), "\(error)")
    #expect(!SparkPipelineModel.isPipelineModel(directory: folder.path))
    #expect(try refusal(folder.path("none")).message.contains("has no file part-*"))
  }

  @Test(arguments: ["metadata/part-", "/data/part-"])
  func `files that are missing are named by their folder`(part: String) throws {
    let folder = try ScratchFolder()
    for stage in part.hasPrefix("/data")
      ? ["IDF", "Regression"] : ["Tokenizer", "IDF", "Regression"]
    {
      let target = folder.path(stage)
      try SparkPipelineModel.write(
        model(frequencies: Array(repeating: 1, count: 16)), to: target)
      try FileManager.default.removeItem(atPath: try file(target, stage, part))
      let error = try refusal(target)
      #expect(
        error.message.contains("has no file part-*") && error.path.contains(stage), "\(error)")
    }
  }

  @Test func `the layouts of older versions are read`() throws {
    let folder = try ScratchFolder()
    try SparkPipelineModel.write(
      model(frequencies: (0..<16).map { Double($0) }), to: folder.path("m"))
    let model = try SparkPipelineModel.read(directory: folder.path("m"))
    let vector = ParquetTableField.Shape.structure([
      .init("type", .byte), .init("size", .integer, isOptional: true),
      .init("indices", .integers, isOptional: true), .init("values", .doubles, isOptional: true),
    ])
    // Spark 2.0 had one vector of coefficients and one intercept.
    let coefficients = ParquetValue.structure([
      "type": .integer(0), "size": .integer(16), "indices": .integers([3, 9]),
      "values": .doubles([0.5, -1]),
    ])
    let regression = ParquetTableWriter.bytes(
      [
        .init("numClasses", .integer), .init("numFeatures", .integer), .init("intercept", .double),
        .init("coefficients", vector),
      ],
      row: .structure([
        "numClasses": .integer(2), "numFeatures": .integer(16), "intercept": .double(0.25),
        "coefficients": coefficients,
      ]), metadata: [])
    // Before 3.0 there was no count of documents.
    let frequencies = ParquetTableWriter.bytes(
      [.init("idf", vector)],
      row: .structure([
        "idf": .structure([
          "type": .integer(1), "size": .null, "indices": .null,
          "values": .doubles((0..<16).map { Double($0) }),
        ])
      ]), metadata: [])
    for (stage, bytes) in [("Regression", regression), ("IDF", frequencies)] {
      let url = URL(fileURLWithPath: try file(folder.path("m"), stage, "/data/part-"))
      try Data(bytes).write(to: url)
    }
    let old = try SparkPipelineModel.read(directory: folder.path("m"))
    #expect(old.weights == model.weights)
    #expect(old.inverseDocumentFrequencies == model.inverseDocumentFrequencies)
  }

  @Test func `more features than can be held are refused before they are`() throws {
    let folder = try ScratchFolder()
    try SparkPipelineModel.write(model(), to: folder.path("m"))
    let url = URL(fileURLWithPath: try file(folder.path("m"), "Regression", "/data/part-"))
    for (classes, features) in [(2, Int(Int32.max)), (2, -5), (1 << 20, 1 << 20), (0, 16)] {
      let row = ParquetValue.structure([
        "numClasses": .integer(classes), "numFeatures": .integer(features),
        "isMultinomial": .boolean(classes != 2),
      ])
      let bytes = ParquetTableWriter.bytes(
        [
          .init("numClasses", .integer), .init("numFeatures", .integer),
          .init("isMultinomial", .boolean),
        ],
        row: row, metadata: [])
      try Data(bytes).write(to: url)
      #expect(try refusal(folder.path("m")).path == url.path)
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `weights that are no numbers are refused`(weight: Double) throws {
    let folder = try ScratchFolder()
    try SparkPipelineModel.write(model(weights: [1, weight]), to: folder.path("m"))
    #expect(try refusal(folder.path("m")).message.contains("is not a finite number"))
    var frequencies = [Double](repeating: 1, count: 16)
    frequencies[7] = weight
    try SparkPipelineModel.write(model(frequencies: frequencies), to: folder.path("n"))
    let error = try refusal(folder.path("n"))
    #expect(error.message.contains("document frequency") && error.path.contains("IDFModel"))
  }

  @Test func `a damaged table gives an error or other numbers, never a trap`() throws {
    let folder = try ScratchFolder()
    try SparkPipelineModel.write(
      model(frequencies: (0..<16).map { Double($0) }), to: folder.path("m"))
    for stage in ["Regression", "IDF"] {
      let url = URL(fileURLWithPath: try file(folder.path("m"), stage, "/data/part-"))
      let whole = try Data(contentsOf: url)
      for count in stride(from: 0, to: whole.count, by: 29) {
        try whole.prefix(count).write(to: url)
        #expect(try refusal(folder.path("m")).path == url.path)
      }
      for position in stride(from: 0, to: whole.count, by: 3) {
        var broken = whole
        broken[broken.startIndex + position] ^= 1 << UInt8(position % 8)
        try broken.write(to: url)
        _ = try? SparkPipelineModel.read(directory: folder.path("m"))
      }
      try whole.write(to: url)
    }
    _ = try SparkPipelineModel.read(directory: folder.path("m"))
  }
}
