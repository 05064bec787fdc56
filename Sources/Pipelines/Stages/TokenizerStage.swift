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
    let vocabulary: Vocabulary
    if let file = settings.file {
      vocabulary = try Tokenizer(contentsOf: file.path).vocabulary
    } else {
      let counts = try context.folder.manifests(ofStage: CountStage.name, plan: context.plan)
        .flatMap(\.outputs).map { "\(context.folder.path)/\($0.path)" }
      vocabulary = try BPETrainer.train(
        countFiles: counts, settings: settings.training,
        memoryByteCount: context.memoryByteCount)
    }
    let tokenizer = try context.folder.outputPath(tokenizerPath)
    let folder = String(tokenizer.dropLast(TokenizerFiles.tokenizerName.count + 1))
    return TaskResult(outputs: try TokenizerFiles.write(vocabulary, to: folder))
  }

  static let tokenizerPath = "tokenizer/\(TokenizerFiles.tokenizerName)"
}
