internal import ByteKernels
package import Deduplication
internal import TextAnalysis

/// Removes duplicates from files: a run whose pipeline is just that.
package enum Deduplicating {
  /// Leaves the survivors in `documents/`, unless `listsOnly`, and `removed.jsonl` and
  /// `clusters.jsonl` beside it.
  package static func run(
    _ inputs: [String], reading: ReadingSettings, settings: DeduplicationSettings, seed: Int,
    listsOnly: Bool, to output: String, workerCount: Int, memoryByteCount: Int,
    observer: any RunObserver
  ) async throws -> RunLedger {
    var pipeline = Pipeline()
    pipeline.seed = seed
    pipeline.read = reading
    pipeline.deduplicate = settings
    pipeline.documents = listsOnly ? nil : DocumentStageSettings()
    do throws(SettingsError) {
      try settings.validate()
    } catch {
      throw PipelineError(option: error)
    }
    let plan = try Planner.plan(pipeline, inputs: inputs)
    let folder = RunFolder(path: output)
    let driver = try Driver(
      plan: plan, folder: folder, workerCount: workerCount, memoryByteCount: memoryByteCount,
      observer: observer)
    let ledger = try await driver.run()
    var names = pipeline.findsDocuments ? ["removed.jsonl", "clusters.jsonl"] : []
    if pipeline.comparesPieces { names.append("repeated.jsonl") }
    for name in names {
      try FileSystem.link("\(folder.path)/deduplicate/\(name)", at: "\(folder.path)/\(name)")
    }
    return ledger
  }
}
