internal import ByteKernels
internal import Deduplication
internal import Documents
internal import TextAnalysis

/// Reads records, repairs and judges their text, and writes the documents that are kept, with the
/// signatures that near-duplicate removal needs.
enum CurateStage: Stage {
  static let name = "curate"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int { curateTaskCount }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    let worker = try CurateWorker(index: index, context: context)
    for slice in context.plan.slices[index] {
      try worker.read(context.plan.inputs[slice.input])
    }
    return try worker.finish()
  }
}

/// One curate task at work.
private final class CurateWorker {
  /// Written once, read twice and thrown away: a tenth larger than zstd's default level of 3, and
  /// at half its cost, which was a third of the whole stage.
  private static let compressionLevel = 1

  private let context: TaskContext
  private let shard: String
  private let decoder: TextDecoder
  private let steps: StepRunner
  private let signer: Signer?
  private let signatures: SignatureWriter?
  private let documents: DocumentWriter
  private var droppedDocuments: [String: DocumentWriter] = [:]
  private var result = TaskResult()

  init(index: Int, context: TaskContext) throws {
    self.context = context
    shard = RunFolder.number(index)
    decoder = TextDecoder(context.pipeline.read.decodeSettings)
    steps = StepRunner(context.pipeline.steps)
    let folder = context.folder
    documents = try DocumentWriter(
      path: folder.outputPath("curate/\(shard).jsonl.zst"), level: Self.compressionLevel)
    if let settings = context.pipeline.deduplicate {
      signer = Signer(settings, seed: UInt64(context.pipeline.seed))
      signatures = try SignatureWriter(
        prefix: folder.outputPath("curate/\(shard)"), settings: settings,
        seed: UInt64(context.pipeline.seed), memoryByteCount: context.memoryByteCount / 4)
    } else {
      signer = nil
      signatures = nil
    }
  }

  func read(_ input: Plan.Input) throws {
    if let failure = input.failure {
      fail(cause: "unreadable", path: input.path, message: failure, lostBytes: 0)
      return
    }
    let reader = RecordReader(path: input.path, settings: context.pipeline.read.readSettings)
    var reported = 0
    while let event = reader.next() {
      try take(event, of: input)
      if reader.streamByteCount - reported >= 1 << 22 {
        context.observer.advanced(byteCount: reader.streamByteCount - reported)
        reported = reader.streamByteCount
      }
    }
    context.observer.advanced(byteCount: reader.streamByteCount - reported)
    result.ledger.input.bytes += reader.streamByteCount
  }

  func finish() throws -> TaskResult {
    result.outputs.append(try documents.publish())
    if let signatures { result.outputs += try signatures.publish() }
    for step in droppedDocuments.keys.sorted() {
      if let writer = droppedDocuments[step] { result.outputs.append(try writer.publish()) }
    }
    return result
  }

  private func take(_ event: ReadEvent, of input: Plan.Input) throws {
    switch event {
    case .record(let record):
      result.ledger.input.documents += 1
      try take(record)
    case .skipped(let kind, let byteCount):
      let records = byteCount == 0 ? 0 : 1
      result.ledger.input.documents += records
      result.ledger.skipped[kind, default: Tally()] += Tally(documents: records, bytes: byteCount)
    case .malformed(let malformed):
      result.ledger.input.documents += 1
      result.ledger.fail(cause: malformed.cause, documents: 1, bytes: malformed.byteCount)
      context.observer.warned(
        "\(input.path): record at byte \(malformed.byteOffset): \(malformed.message)")
    case .damaged(let error, let lostByteCount):
      fail(
        cause: error.code, path: input.path, message: error.description, lostBytes: lostByteCount)
    }
  }

  /// A shard lost something: counted as one failed record, and the run will say so.
  private func fail(cause: String, path: String, message: String, lostBytes: Int) {
    result.ledger.input.documents += 1
    result.ledger.fail(cause: cause, documents: 1, bytes: lostBytes)
    result.failures.append(Manifest.Failure(path: path, message: message))
    context.observer.warned(message)
  }

  private func take(_ record: Record) throws {
    let decoded = decoder.decode(record)
    var document = Document(record, decoded)
    count(record, decoded)
    if decoder.drops(decoded) {
      try drop(document, record, step: "read", reason: "invalid-bytes")
      return
    }
    let text = AnalyzedText(
      decoded.bytes, mediaType: record.isMarkup ? .html : .plain, url: record.url)
    switch steps.run(text) {
    case .kept(let text):
      document.text = text.bytes
      try keep(document, record, text)
    case .dropped(let text, let step, let reason):
      document.text = text.bytes
      append(text.attributes, to: &document)
      try drop(document, record, step: step, reason: reason)
    }
  }

  private func count(_ record: Record, _ decoded: DecodedText) {
    if decoded.replacementCount > 0 {
      result.ledger.repaired["invalid-byte-sequences", default: 0] += decoded.replacementCount
    }
    if record.replacedSurrogateCount > 0 {
      result.ledger.repaired["lone-surrogates", default: 0] += record.replacedSurrogateCount
    }
    if decoded.source != .input {
      result.ledger.repaired[
        "charset-\(decoded.charset)-by-\(decoded.source.rawValue)", default: 0] += 1
    }
  }

  private func keep(_ document: Document, _ record: Record, _ text: AnalyzedText) throws {
    var document = document
    append(text.attributes, to: &document)
    try documents.write(document)
    if let signer, let signatures {
      try signatures.append(
        id: document.id, byteCount: document.text.count,
        score: text.attributes["quality"] ?? 0, signer.sign(document.text.span))
    }
    result.ledger.kept += Tally(documents: 1, bytes: record.byteCount)
    result.ledger.output += Tally(documents: 1, bytes: document.text.count)
  }

  private func drop(_ document: Document, _ record: Record, step: String, reason: String) throws {
    result.ledger.drop(step: step, reason: reason, bytes: record.byteCount)
    guard context.pipeline.read.keepDropped else { return }
    var document = document
    document.metadata.append("dropped_by", step)
    document.metadata.append("reason", reason)
    try droppedWriter(step).write(document)
  }

  private func droppedWriter(_ step: String) throws -> DocumentWriter {
    if let writer = droppedDocuments[step] { return writer }
    let path = try context.folder.outputPath("curate/dropped/\(step)/\(shard).jsonl.zst")
    let writer = try DocumentWriter(path: path, level: Self.compressionLevel)
    droppedDocuments[step] = writer
    return writer
  }

  private func append(_ attributes: [String: Double], to document: inout Document) {
    for name in attributes.keys.sorted() {
      if let value = attributes[name] { document.metadata.append(name, value) }
    }
  }
}
