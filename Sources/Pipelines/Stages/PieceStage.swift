internal import Deduplication
internal import Documents
internal import TextAnalysis

/// Hashes the texts, URLs, paragraphs and lines of the documents that are left of one curated shard.
enum PieceStage: Stage {
  static let name = "deduplicate/pieces"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.comparesPieces ? curateTaskCount : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let writer = try PieceKeyWriter(
      path: context.folder.outputPath("\(name)/\(RunFolder.number(index)).keys"),
      settings: settings, memoryByteCount: context.memoryByteCount)
    var documents = try CuratedDocuments(shard: index, context, isCut: false)
    while let record = try documents.next() {
      try writer.append(
        record.payload.span, id: record.id, url: record.metadata.url)
    }
    return TaskResult(outputs: try writer.publish())
  }
}

/// Finds the pieces that occur more than once, one partition of their keys a task.
enum RepeatStage: Stage {
  static let name = "deduplicate/repeats"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.comparesPieces ? pipeline.deduplicate?.partitions ?? 0 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    try context.findRepeats(.pieces, of: PieceStage.self, partition: index, stage: name)
  }
}

extension Pipeline {
  /// True when anything but substrings is compared.
  var comparesPieces: Bool { deduplicate?.pieces.findsPieces == true }

  /// True when pieces of any kind are cut out of the documents that are left.
  var cutsPieces: Bool { deduplicate?.pieces.isActive == true }
}
