internal import ByteKernels
internal import Deduplication

/// Lists the pieces of all shards that occur most often, the most frequent first.
enum FrequentStage: Stage {
  static let name = "deduplicate/frequent"
  static let passesDocuments = false
  static let listPath = "deduplicate/repeated.jsonl"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.comparesPieces ? 1 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    let repeatFiles = try context.files(of: RepeatStage.self, ending: ".repeats")
    let places = try FrequentPieceList.places(in: repeatFiles, settings: settings)
    var lines: [Int: [ArraySlice<UInt8>]] = [:]
    for shard in Set(places.map(\.shard)) {
      let file = try context.output(
        CutStage.frequentPath(ofShard: shard), of: CutStage.self, task: shard)
      lines[shard] = try self.lines(of: file, context)
    }
    let output = try OutputFile(path: context.folder.outputPath(listPath))
    for place in places {
      guard let shard = lines[place.shard], place.position < shard.count else { continue }
      try output.write(Array(shard[place.position]) + [0x0A])
    }
    return TaskResult(outputs: [try output.publish()])
  }

  private static func lines(
    of file: Manifest.Output, _ context: TaskContext
  ) throws -> [ArraySlice<UInt8>] {
    let path = "\(context.folder.path)/\(file.path)"
    let bytes = try MappedFile(path: path).withBytes { [UInt8](copying: $0) }
    guard Hexadecimal.digits(XXH64.hash(bytes.span)) == file.checksum else {
      throw RunError(
        path: path,
        message: "damaged since it was written; remove this file and run the same command again")
    }
    return bytes.split(separator: 0x0A)
  }
}
