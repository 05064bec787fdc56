internal import ByteKernels
internal import TextAnalysis
internal import Tokenization

/// Trains the tokenizer on the counts of all shards, or takes the one the pipeline names.
enum TokenizerStage: Stage {
  static let name = "tokenizer"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.tokenizer == nil ? 0 : 1
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.tokenizer else { return TaskResult() }
    let tokenizer = try context.folder.outputPath(tokenizerPath)
    let folder = String(tokenizer.dropLast(TokenizerFiles.tokenizerName.count + 1))
    if let file = settings.file {
      return TaskResult(
        outputs: try TokenizerFiles.write(
          try VocabularyFile.read(path: file.path, pattern: settings.filePattern), to: folder))
    }
    let trained = try train(settings.training, context)
    return TaskResult(outputs: try TokenizerFiles.write(trained, settings.training, to: folder))
  }

  private static func train(
    _ settings: TokenizerSettings, _ context: TaskContext
  ) throws -> TrainedVocabulary {
    let files = try context.folder.manifests(ofStage: CountStage.name, plan: context.plan)
      .flatMap(\.outputs).map { "\(context.folder.path)/\($0.path)" }
    let scratch = try context.folder.scratchPrefix("tokenizer")
    let counts = "\(scratch).counts"
    defer { FileSystem.removeFile(counts) }
    _ = try CountFiles.merge(
      files, split: settings.split, weights: try SourceWeights(settings),
      memoryByteCount: context.memoryByteCount, scratchPrefix: scratch, to: counts)
    return try VocabularyTrainer.train(
      countFile: counts, settings: settings, memoryByteCount: context.memoryByteCount
    ) { progress in
      guard case .merging(let done, let merges) = progress else { return }
      context.observer.progressed(done, of: merges, "merges")
    }
  }

  /// What later stages encode with: the `tokenizer.json`, or the SentencePiece model that the pipeline
  /// names.
  static func output(_ context: TaskContext) throws -> Manifest.Output {
    let outputs = try context.manifests.manifest(stage: name, index: 0)?.outputs ?? []
    let isModel = !outputs.isEmpty && !outputs.contains { $0.path == tokenizerPath }
    return try context.output(isModel ? modelPath : tokenizerPath, of: Self.self, task: 0)
  }

  private static let tokenizerPath = "tokenizer/\(TokenizerFiles.tokenizerName)"
  private static let modelPath = "tokenizer/\(TokenizerFiles.modelName)"
}
