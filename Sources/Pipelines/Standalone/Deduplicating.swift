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
      throw PipelineError(file: "deduplicate.\(error.setting)", message: error.message)
    }
    let folder = RunFolder(path: output)
    if let against = settings.index.against,
      FileSystem.absolute(against.path) == FileSystem.absolute(output)
    {
      throw PipelineError(file: output, message: "is the index; name another folder as --output")
    }
    let plan = try Planner.plan(pipeline, inputs: try folder.keepingStandardInput(inputs))
    let driver = try Driver(
      plan: plan, folder: folder, workerCount: workerCount, memoryByteCount: memoryByteCount,
      observer: observer)
    let ledger = try await driver.run()
    try publishLists(of: pipeline, plan, folder)
    return ledger
  }

  /// `removed.jsonl` has the documents removed as a whole, then those of which cuts left too little.
  private static func publishLists(of pipeline: Pipeline, _ plan: Plan, _ folder: RunFolder) throws
  {
    func outputs(_ stage: any Stage.Type, _ ending: String) throws -> [Manifest.Output] {
      try folder.manifests(ofStage: stage.name, plan: plan).flatMap(\.outputs)
        .filter { $0.path.hasSuffix(ending) }
    }
    let removed = try outputs(DuplicateReportStage.self, "/removed.jsonl")
    _ = try folder.join(
      removed + outputs(CutStage.self, CutStage.droppedEnding),
      to: "\(folder.path)/removed.jsonl")
    _ = try folder.join(
      outputs(DuplicateReportStage.self, "/clusters.jsonl"), to: "\(folder.path)/clusters.jsonl")
    if pipeline.comparesPieces {
      try FileSystem.link(
        "\(folder.path)/\(FrequentStage.listPath)", at: "\(folder.path)/repeated.jsonl")
    }
  }
}
