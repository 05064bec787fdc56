internal import Documents
internal import TextAnalysis

/// The documents that one task makes tokens of: those of a curated shard, or of slices of the inputs
/// when the pipeline does not curate.
struct ShardDocuments {
  private let inputs: [Plan.Input]
  private var curated: CuratedDocuments?
  private var intake: RecordIntake
  private var slices: ArraySlice<Plan.Slice> = []
  private var inputRow = -1

  /// The row of the document given out last: in its curated shard, or among the documents of the task.
  var row: Int { curated?.row ?? inputRow }

  init(task: Int, _ context: TaskContext) throws {
    inputs = context.plan.inputs
    intake = RecordIntake(
      context.pipeline.read, conversations: context.pipeline.conversations,
      observer: context.observer)
    if context.pipeline.packsInputs {
      slices = context.plan.slices[task][...]
    } else {
      curated = try CuratedDocuments(shard: task, context)
    }
  }

  /// The next document, its payload text in UTF-8; nil at the end.
  mutating func next() throws -> Record? {
    if curated != nil { return try curated?.next() }
    while true {
      if let (record, text) = intake.nextKept() {
        var record = record
        record.payload = text.bytes
        inputRow += 1
        return record
      }
      guard let slice = slices.popFirst() else { return nil }
      try intake.open(slice, of: inputs[slice.input])
    }
  }

  /// What came by so far, and what was lost.
  var result: TaskResult {
    guard let curated else { return TaskResult(ledger: intake.ledger, failures: intake.failures) }
    var ledger = StageLedger()
    ledger.input = curated.taken
    ledger.kept = curated.taken
    ledger.output = curated.taken
    return TaskResult(ledger: ledger)
  }
}
