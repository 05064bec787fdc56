internal import ByteKernels
internal import Documents
package import QualityModel

/// Writes the score of every document, in the order of the input for any number of workers.
package enum QualityScoring {
  package struct Report: Sendable {
    package fileprivate(set) var documentCount = 0
    package fileprivate(set) var ledger = StageLedger()
    package fileprivate(set) var failures: [Manifest.Failure] = []
  }

  private static let batchByteCount = 1 << 20

  /// Writes a JSON line a document: `id`, `score`, and `probabilities` by label when asked for.
  @MainActor
  package static func run(
    _ patterns: [String], reading: ReadingSettings, model: QualityModel, writesProbabilities: Bool,
    to output: String, workerCount: Int, observer: any RunObserver
  ) async throws -> Report {
    let source = try DocumentSource(patterns, reading: reading, observer: observer)
    let file = try OutputFile(path: output)
    observer.stageBegan("score", taskCount: 1, doneCount: 0)
    defer { observer.finished() }
    var report = Report()
    let lanes = (0..<max(1, workerCount)).map { _ in
      ScoringLane(model, writesProbabilities: writesProbabilities)
    }
    try await orderedPipeline(
      lanes: lanes,
      read: {
        let batch = source.nextBatch(byteCount: batchByteCount)
        report.documentCount += batch.count
        return batch.isEmpty ? nil : batch
      },
      write: { lines in
        try file.write(lines.json)
        observer.advanced(byteCount: lines.textByteCount)
      })
    _ = try file.publish()
    report.ledger = source.ledger
    report.failures = source.failures
    return report
  }
}

/// Scores batches with a scorer of its own.
private actor ScoringLane: Lane {
  struct Lines: Sendable {
    var json: [UInt8] = []
    var textByteCount = 0
  }

  private let scorer: QualityScorer
  /// The labels as JSON keys; empty when only the score is written.
  private let keys: [[UInt8]]

  init(_ model: QualityModel, writesProbabilities: Bool) {
    scorer = model.makeScorer()
    keys = (writesProbabilities ? model.labels : []).map { label in
      var key: [UInt8] = []
      JSONText.append(label, to: &key)
      return key + [UInt8(ascii: ":")]
    }
  }

  func transform(_ documents: [Document]) -> Lines {
    var lines = Lines()
    for document in documents {
      lines.textByteCount += document.text.count
      lines.json += Array("{\"id\":".utf8)
      JSONText.append(document.id, to: &lines.json)
      if keys.isEmpty {
        append(score: scorer.score(document.text.span), to: &lines.json)
      } else {
        let probabilities = scorer.probabilities(document.text.span)
        append(score: probabilities[scorer.model.scoredLabel], to: &lines.json)
        append(probabilities, to: &lines.json)
      }
      lines.json += Array("}\n".utf8)
    }
    return lines
  }

  private func append(score: Double, to json: inout [UInt8]) {
    json += Array(",\"score\":\(score)".utf8)
  }

  private func append(_ probabilities: [Double], to json: inout [UInt8]) {
    json += Array(",\"probabilities\":{".utf8)
    for (position, probability) in probabilities.enumerated() {
      if position > 0 { json.append(UInt8(ascii: ",")) }
      json += keys[position] + Array("\(probability)".utf8)
    }
    json.append(UInt8(ascii: "}"))
  }
}
