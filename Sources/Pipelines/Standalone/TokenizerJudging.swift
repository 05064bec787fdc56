internal import ByteKernels
internal import Documents
package import Tokenization

/// Judges tokenizers side by side on the same documents.
package enum TokenizerJudging {
  package struct Report: Sendable {
    package let judgement: TokenizerReport
    package let ledger: StageLedger
    package let failures: [Manifest.Failure]
  }

  private static let batchByteCount = 1 << 20

  /// Judges each tokenizer under its name, for any number of workers alike.
  ///
  /// `fields` are `source` or members of the metadata, by whose values figures are given too.
  @MainActor
  package static func run(
    _ patterns: [String], reading: ReadingSettings,
    tokenizers: [(name: String, tokenizer: Tokenizer)], fields: [String], workerCount: Int,
    memoryByteCount: Int, observer: any RunObserver
  ) async throws -> Report {
    let source = try DocumentSource(patterns, reading: reading, observer: observer)
    observer.stageBegan("evaluate", taskCount: 1, doneCount: 0)
    defer { observer.finished() }
    let laneCount = max(1, workerCount)
    let cacheByteCount = EncoderCache.byteCount(
      within: memoryByteCount, workerCount: laneCount * tokenizers.count)
    let lanes = (0..<laneCount).map { _ in
      TokenizerLane(
        tokenizers.map(\.tokenizer), fields: fields, cacheByteCount: cacheByteCount)
    }
    var evaluation = TokenizerEvaluation(tokenizerCount: tokenizers.count, fields: fields)
    try await orderedPipeline(
      lanes: lanes,
      read: {
        let batch = source.nextBatch(byteCount: batchByteCount)
        return batch.isEmpty ? nil : batch
      },
      write: { items in
        for item in items {
          evaluation.add(item)
          observer.advanced(byteCount: item.extent.byteCount)
        }
      })
    var subjects: [TokenizerReport.Subject] = []
    for (index, entry) in tokenizers.enumerated() {
      var uses = [UInt64](repeating: 0, count: entry.tokenizer.vocabularySize)
      for lane in lanes {
        for (id, count) in await lane.uses(of: index).enumerated() { uses[id] += count }
      }
      subjects.append(.init(name: entry.name, entry.tokenizer.vocabulary, uses: uses))
    }
    return Report(
      judgement: TokenizerReport(subjects, evaluation), ledger: source.ledger,
      failures: source.failures)
  }
}

/// Judges batches with judges of its own.
private actor TokenizerLane: Lane {
  private let judges: [TokenizerJudge]
  private let fields: [String]

  init(_ tokenizers: [Tokenizer], fields: [String], cacheByteCount: Int) {
    judges = tokenizers.map { TokenizerJudge($0, cacheByteCount: cacheByteCount) }
    self.fields = fields
  }

  func uses(of tokenizer: Int) -> [UInt64] { judges[tokenizer].uses }

  func transform(_ documents: [Document]) -> [TokenizerEvaluation.Item] {
    documents.map { document in
      TokenizerEvaluation.Item(
        extent: .init(of: document.text), outcomes: judges.map { $0.judge(document.text.span) },
        values: fields.map { field in
          field == "source" ? document.source : document.metadata.text(of: field)
        })
    }
  }
}
