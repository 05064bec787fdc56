internal import ByteKernels
internal import Deduplication

extension Stage {
  /// The tasks of a stage of duplicate removal that goes by ranges of documents.
  static func rangeCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    guard let settings = pipeline.deduplicate, settings.findsDocuments else { return 0 }
    return DocumentRanges.count(
      shardCount: pipeline.indexShardCount + curateTaskCount, settings: settings)
  }
}

extension TaskContext {
  /// Bytes of all inputs.
  var plannedByteCount: Int { plan.inputs.reduce(0) { $0 + $1.byteCount } }

  /// Where the curated shards' files are, without their endings.
  var curatedPrefixes: [String] {
    (0..<curatedShardCount).map { "\(folder.path)/curate/\(RunFolder.number($0))" }
  }

  /// The shards of the index that the run is compared with.
  var indexShardCount: Int { plan.index?.shardCount ?? 0 }

  /// Where the files of all shards are that documents are compared in: the index's, then the run's own.
  var comparedPrefixes: [String] { (plan.index?.prefixes ?? []) + curatedPrefixes }

  /// The manifest of an earlier stage's task; one that is missing is an error that names it.
  func manifest(of stage: any Stage.Type, task: Int) throws -> Manifest {
    guard let manifest = try manifests.manifest(stage: stage.name, index: task) else {
      throw RunError(
        path: folder.path,
        message: "task \(task) of stage \(stage.name) is not done; run that task first")
    }
    return manifest
  }

  /// The files with a name's ending that the tasks of an earlier stage wrote, in order of the tasks.
  func outputs(of stage: any Stage.Type, ending: String) throws -> [Manifest.Output] {
    let count = plan.stages.first { $0.name == stage.name }?.taskCount ?? 0
    return try (0..<count).flatMap {
      try manifest(of: stage, task: $0).outputs.filter { $0.path.hasSuffix(ending) }
    }
  }

  /// Their paths.
  func files(of stage: any Stage.Type, ending: String) throws -> [String] {
    try outputs(of: stage, ending: ending).map { "\(folder.path)/\($0.path)" }
  }
}

extension RunFolder {
  /// Copies files one behind the other, each held against the checksum in its manifest.
  func join(_ parts: [Manifest.Output], to path: String) throws -> OutputFile.Published {
    let joined = try OutputFile(path: path)
    for part in parts {
      let path = "\(self.path)/\(part.path)"
      let file = try InputFile(path: path)
      var checksum = XXH64()
      var bytes: [UInt8] = []
      while try file.read(into: &bytes, limit: 1 << 20) > 0 {
        checksum.update(bytes.span.raw)
        try joined.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
      if Hexadecimal.digits(checksum.digest()) != part.checksum { throw RunError.damaged(path) }
    }
    return try joined.publish()
  }
}
