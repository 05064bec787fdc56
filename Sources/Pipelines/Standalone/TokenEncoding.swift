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

  package struct Settings: Sendable {
    /// Text that looks like a special token becomes that token.
    package var allowsSpecialTokens = false

    package init() {}
  }

  /// Writes the ids of all documents, in the order of the input for any number of workers.
  ///
  /// `output` gets little-endian u32 ids, `output.lengths` one u32 a document: its number of ids. A
  /// long document is encoded by all workers where the tokenizer has places to cut it at. The
  /// workers remember pieces of text in up to half of the memory.
  @MainActor
  package static func run(
    _ patterns: [String], reading: ReadingSettings, tokenizer: Tokenizer, settings: Settings,
    to output: String, workerCount: Int, memoryByteCount: Int, observer: any RunObserver
  ) async throws -> Report {
    let source = try DocumentSource(patterns, reading: reading, observer: observer)
    var parts = TextParts(source, tokenizer, settings)
    var files = try EncodedFiles(output)
    observer.stageBegan("encode", taskCount: 1, doneCount: 0)
    defer { observer.finished() }
    let laneCount = max(1, workerCount)
    let lanes = (0..<laneCount).map { _ in
      EncodingLane(
        tokenizer, settings,
        cacheByteCount: EncoderCache.byteCount(within: memoryByteCount, workerCount: laneCount))
    }
    try await orderedPipeline(
      lanes: lanes, read: { parts.nextBatch() },
      write: { batch in
        try files.write(batch)
        observer.advanced(byteCount: batch.textByteCount)
      })
    try files.publish()
    var report = Report()
    report.documentCount = parts.documentCount
    report.byteCount = parts.byteCount
    report.tokenCount = files.tokenCount
    report.ledger = source.ledger
    report.failures = source.failures
    return report
  }
}

/// Hands out texts in batches, long ones in parts whose ids can be joined.
private struct TextParts {
  struct Part: Sendable {
    let text: [UInt8]
    /// False when the next part belongs to the same document.
    let endsDocument: Bool
  }

  private let source: DocumentSource
  private let settings: TokenEncoding.Settings
  private let tokenizer: Tokenizer
  /// Made for the first long text: an encoder takes a while to make.
  private lazy var cutter = tokenizer.makeEncoder(cacheByteCount: 0)
  private(set) var documentCount = 0
  private(set) var byteCount = 0
  /// What has not been handed out of a long text.
  private var rest: [UInt8] = []
  private var restStart = 0

  private static let batchByteCount = 1 << 20

  init(_ source: DocumentSource, _ tokenizer: Tokenizer, _ settings: TokenEncoding.Settings) {
    self.source = source
    self.settings = settings
    self.tokenizer = tokenizer
  }

  mutating func nextBatch() -> [Part]? {
    var batch: [Part] = []
    var taken = 0
    while taken < Self.batchByteCount, let part = next() {
      taken += part.text.count
      batch.append(part)
    }
    return batch.isEmpty ? nil : batch
  }

  private mutating func next() -> Part? {
    if restStart < rest.count { return nextOfRest() }
    guard let text = source.next()?.text else { return nil }
    documentCount += 1
    byteCount += text.count
    if text.count <= 2 * Self.batchByteCount { return Part(text: text, endsDocument: true) }
    rest = text
    restStart = 0
    return nextOfRest()
  }

  private mutating func nextOfRest() -> Part {
    let start = restStart
    let place = cutter.safeCut(
      in: rest.span, near: start + Self.batchByteCount,
      allowingSpecials: settings.allowsSpecialTokens)
    let end = place ?? rest.count
    restStart = end
    let part = Part(text: Array(rest[start..<end]), endsDocument: end == rest.count)
    if part.endsDocument { rest = [] }
    return part
  }
}

/// The file of ids and that of lengths, as batches come in.
private struct EncodedFiles {
  private let ids: OutputFile
  private let lengths: OutputFile
  private(set) var tokenCount = 0
  /// Ids of the document whose end has not come yet.
  private var openCount = 0

  init(_ output: String) throws {
    ids = try OutputFile(path: output)
    // A pipe or a device has no neighbour for the lengths.
    let isFile = output != "-" && FileSystem.status(output)?.isRegularFile != false
    lengths = try OutputFile(path: isFile ? "\(output).lengths" : "/dev/null")
  }

  mutating func write(_ batch: EncodingLane.Batch) throws {
    try ids.write(batch.ids)
    tokenCount += batch.ids.count / 4
    var ended: [UInt8] = []
    for part in batch.parts {
      openCount += part.count
      if !part.endsDocument { continue }
      ended.append(littleEndian: UInt32(openCount))
      openCount = 0
    }
    try lengths.write(ended)
  }

  func publish() throws {
    try ids.settle()
    try lengths.settle()
    _ = try ids.publish()
    _ = try lengths.publish()
  }
}

/// Encodes batches with an encoder of its own.
private actor EncodingLane: Lane {
  struct Batch: Sendable {
    var ids: [UInt8] = []
    var parts: [(count: Int, endsDocument: Bool)] = []
    var textByteCount = 0
  }

  private let encoder: Encoder
  private let settings: TokenEncoding.Settings

  init(_ tokenizer: Tokenizer, _ settings: TokenEncoding.Settings, cacheByteCount: Int) {
    encoder = tokenizer.makeEncoder(cacheByteCount: cacheByteCount)
    self.settings = settings
  }

  func transform(_ parts: [TextParts.Part]) -> Batch {
    var batch = Batch()
    var ids: [UInt32] = []
    for part in parts {
      let before = ids.count
      encoder.encode(part.text.span, into: &ids, allowingSpecials: settings.allowsSpecialTokens)
      batch.parts.append((count: ids.count - before, endsDocument: part.endsDocument))
      batch.textByteCount += part.text.count
    }
    batch.ids.append(littleEndian: ids.span)
    return batch
  }
}
