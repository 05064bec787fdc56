internal import ByteKernels
internal import Documents
package import Tokenization

/// Encodes documents to one flat file of token ids.
package enum TokenEncoding {
  /// What was read and written.
  package struct Report: Sendable {
    package fileprivate(set) var documentCount = 0
    package fileprivate(set) var byteCount = 0
    package fileprivate(set) var tokenCount = 0
    package fileprivate(set) var ledger = StageLedger()
    package fileprivate(set) var failures: [Manifest.Failure] = []
  }

  private static let batchByteCount = 1 << 20

  /// Writes the ids of all documents, in the order of the input for any number of workers.
  ///
  /// `output` gets little-endian u32 ids, `output.lengths` one u32 a document: its number of ids.
  @MainActor
  package static func run(
    _ patterns: [String], reading: ReadingSettings, tokenizer: Tokenizer, to output: String,
    workerCount: Int, observer: any RunObserver
  ) async throws -> Report {
    let source = try DocumentSource(patterns, reading: reading, observer: observer)
    let ids = try OutputFile(path: output)
    // A pipe or a device has no neighbour for the lengths.
    let isFile = output != "-" && FileSystem.status(output)?.isRegularFile != false
    let lengths = try OutputFile(path: isFile ? "\(output).lengths" : "/dev/null")
    observer.stageBegan("encode", taskCount: 1, doneCount: 0)
    defer { observer.finished() }
    var report = Report()
    let lanes = (0..<max(1, workerCount)).map { _ in EncodingLane(tokenizer) }
    try await orderedPipeline(
      lanes: lanes, read: { nextBatch(of: source, report: &report) },
      write: { batch in
        try ids.write(batch.ids)
        try lengths.write(batch.lengths)
        report.tokenCount += batch.ids.count / 4
        observer.advanced(byteCount: batch.textByteCount)
      })
    _ = try ids.publish()
    _ = try lengths.publish()
    report.ledger = source.ledger
    report.failures = source.failures
    return report
  }

  private static func nextBatch(of source: DocumentSource, report: inout Report) -> [[UInt8]]? {
    let texts = source.nextBatch(byteCount: batchByteCount).map(\.text)
    report.documentCount += texts.count
    report.byteCount += texts.reduce(0) { $0 + $1.count }
    return texts.isEmpty ? nil : texts
  }
}

/// Encodes batches with an encoder of its own.
private actor EncodingLane: Lane {
  struct Batch: Sendable {
    var ids: [UInt8] = []
    var lengths: [UInt8] = []
    var textByteCount = 0
  }

  private let encoder: Encoder

  init(_ tokenizer: Tokenizer) {
    encoder = tokenizer.makeEncoder()
  }

  func transform(_ texts: [[UInt8]]) -> Batch {
    var batch = Batch()
    var ids: [UInt32] = []
    for text in texts {
      let before = ids.count
      encoder.encode(text.span, into: &ids)
      batch.lengths.append(littleEndian: UInt32(ids.count - before))
      batch.textByteCount += text.count
    }
    batch.ids.reserveCapacity(4 * ids.count)
    for id in ids { batch.ids.append(littleEndian: id) }
    return batch
  }
}
