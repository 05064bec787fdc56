internal import ByteKernels
package import Packing
internal import TextAnalysis
package import Tokenization

/// Packs documents of files into token shards: a run whose pipeline is just that.
package enum PackRun {
  /// Leaves the shards in `output` itself; run again, it goes on where it stopped.
  package static func run(
    _ inputs: [String], reading: ReadingSettings, tokenizer: String, pattern: SplitPattern?,
    settings: TokenShardSettings, seed: Int, to output: String, workerCount: Int,
    memoryByteCount: Int, observer: any RunObserver
  ) async throws -> RunLedger {
    var pipeline = Pipeline()
    pipeline.curates = false
    pipeline.seed = seed
    pipeline.read = reading
    pipeline.tokenizer = TokenizerStageSettings()
    pipeline.tokenizer?.file = PathSetting(FileSystem.absolute(tokenizer))
    pipeline.tokenizer?.filePattern = pattern
    pipeline.shards = settings
    pipeline.shards?.folder = "."
    do throws(SettingsError) {
      try settings.validate()
    } catch {
      throw PipelineError(file: "shards.\(error.setting)", message: error.message)
    }
    let folder = RunFolder(path: output)
    let plan = try Planner.plan(pipeline, inputs: try folder.keepingStandardInput(inputs))
    let driver = try Driver(
      plan: plan, folder: folder, workerCount: workerCount, memoryByteCount: memoryByteCount,
      observer: observer)
    return try await driver.run()
  }
}
