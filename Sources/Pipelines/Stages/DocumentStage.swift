internal import Documents

/// Writes the documents that are left as JSON lines, for whoever goes on with other tools.
enum DocumentStage: Stage {
  static let name = "documents"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.documents == nil ? 0 : curateTaskCount
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.documents else { return TaskResult() }
    let name = "\(name)/\(RunFolder.number(index)).jsonl\(settings.compression.ending)"
    let writer = try DocumentWriter(path: try context.folder.outputPath(name))
    var result = TaskResult()
    var documents = try CuratedDocuments(shard: index, context)
    while let record = try documents.next() {
      try writer.write(Document(copying: record))
      result.ledger.kept += Tally(documents: 1, bytes: record.payload.count)
    }
    result.ledger.input = documents.taken
    result.ledger.output = Tally(documents: writer.documentCount, bytes: writer.textByteCount)
    result.outputs = [try writer.publish()]
    return result
  }
}
