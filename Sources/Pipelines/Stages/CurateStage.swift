internal import ByteKernels
internal import Deduplication
internal import Documents
internal import QualityModel
internal import TextAnalysis

/// Reads records, repairs and judges their text, and writes the documents that are kept, with the
/// signatures that near-duplicate removal needs.
enum CurateStage: Stage {
  static let name = "curate"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.packsInputs ? 0 : curateTaskCount
  }

  static func documentsPath(ofShard shard: Int) -> String {
    "\(name)/\(RunFolder.number(shard)).jsonl.zst"
  }

  static func scoresPath(ofShard shard: Int) -> String {
    "\(name)/\(RunFolder.number(shard)).scores"
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    let worker = try CurateWorker(index: index, context: context)
    for slice in context.plan.slices[index] {
      try worker.read(slice, of: context.plan.inputs[slice.input])
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
  private var intake: RecordIntake
  private let steps: StepRunner
  private let signer: SampledSigner?
  private let signatures: SignatureWriter?
  private let documents: DocumentWriter
  /// The sidecar with the scores; nil when no step gives any and none are needed.
  private let scores: ScoreWriter?
  private var droppedDocuments: [String: DocumentWriter] = [:]

  init(index: Int, context: TaskContext) throws {
    self.context = context
    shard = RunFolder.number(index)
    intake = RecordIntake(
      context.pipeline.read, conversations: context.pipeline.conversations,
      observer: context.observer)
    steps = StepRunner(context.pipeline.steps)
    let folder = context.folder
    documents = try DocumentWriter(
      path: folder.outputPath(CurateStage.documentsPath(ofShard: index)),
      level: Self.compressionLevel)
    if let settings = context.pipeline.deduplicate, settings.findsDocuments {
      signer = try SampledSigner(
        settings, seed: UInt64(context.pipeline.seed), byteCount: context.plannedByteCount)
      signatures = try SignatureWriter(
        prefix: folder.outputPath("curate/\(shard)"), settings: settings,
        seed: UInt64(context.pipeline.seed), memoryByteCount: context.memoryByteCount / 4)
    } else {
      signer = nil
      signatures = nil
    }
    scores =
      context.pipeline.scoredAttribute == nil
      ? nil : try ScoreWriter(path: folder.outputPath(CurateStage.scoresPath(ofShard: index)))
  }

  func read(_ slice: Plan.Slice, of input: Plan.Input) throws {
    try intake.open(slice, of: input)
    while let (record, text) = intake.next() { try take(record, text) }
  }

  func finish() throws -> TaskResult {
    var outputs = [try documents.publish()]
    if let signatures { outputs += try signatures.publish() }
    if let scores { outputs.append(try scores.publish()) }
    for step in droppedDocuments.keys.sorted() {
      if let writer = droppedDocuments[step] { outputs.append(try writer.publish()) }
    }
    return TaskResult(outputs: outputs, ledger: intake.ledger, failures: intake.failures)
  }

  private func take(_ record: Record, _ decoded: DecodedText) throws {
    var document = Document(record, decoded)
    document.setOrigin(record)
    if intake.drops(decoded) {
      try drop(document, record, step: "read", reason: "invalid-bytes")
      return
    }
    let text = AnalyzedText(
      decoded.bytes, mediaType: record.isMarkup ? .html : .plain, url: record.url,
      draw: draw(for: document))
    var repairs: [String: Int] = [:]
    let outcome = steps.run(text, counting: &repairs)
    intake.count(repairs)
    switch outcome {
    case .kept(let text):
      document.text = text.bytes
      set(text.attributes, in: &document)
      try keep(document, record)
    case .dropped(let text, let step, let reason):
      document.text = text.bytes
      set(text.attributes, in: &document)
      try drop(document, record, step: step, reason: reason)
    }
  }

  private func keep(_ document: Document, _ record: Record) throws {
    try documents.write(document)
    if let signer, let signatures, let settings = context.pipeline.deduplicate {
      try signatures.append(
        SignedDocument(
          document, score: score(of: document), signature: signer.sign(document.text.span),
          settings: settings))
    }
    if let scores, let attribute = context.pipeline.scoredAttribute {
      try scores.append(
        score: document.metadata.number(of: attribute) ?? .nan,
        // Of the text too: ids that occur twice are not to tie.
        draw: XXH64.hash(document.text.span, seed: draw(for: document).bits),
        byteCount: document.text.count, group: group(of: document))
    }
    intake.keep(record, textByteCount: document.text.count)
  }

  /// What a step of this run, or of one before it, has said of the document's quality.
  private func score(of document: Document) -> Double {
    guard context.pipeline.deduplicate?.keep.contains(.score) == true else { return .nan }
    return document.metadata.number(of: "quality") ?? document.metadata.number(of: "score") ?? .nan
  }

  private func draw(for document: Document) -> DocumentDraw {
    DocumentDraw(id: document.id, seed: UInt64(context.pipeline.seed))
  }

  /// Which of the groups that the `select` stage keeps apart a document is in.
  private func group(of document: Document) -> String {
    switch context.pipeline.select?.by {
    case nil: ""
    case "source": document.source
    case let member?:
      document.metadata.text(of: member) ?? ""
    }
  }

  private func drop(_ document: Document, _ record: Record, step: String, reason: String) throws {
    intake.drop(record, step: step, reason: reason)
    guard context.pipeline.read.keepDropped else { return }
    var document = document
    document.metadata.set("dropped_by", step)
    document.metadata.set("reason", reason)
    try droppedWriter(step).write(document)
  }

  private func droppedWriter(_ step: String) throws -> DocumentWriter {
    if let writer = droppedDocuments[step] { return writer }
    let path = try context.folder.outputPath("curate/dropped/\(step)/\(shard).jsonl.zst")
    let writer = try DocumentWriter(path: path, level: Self.compressionLevel)
    droppedDocuments[step] = writer
    return writer
  }

  private func set(_ attributes: [String: Double], in document: inout Document) {
    for name in attributes.keys.sorted() {
      if let value = attributes[name] { document.metadata.set(name, value) }
    }
  }
}
