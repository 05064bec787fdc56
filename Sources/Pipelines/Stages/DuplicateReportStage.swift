internal import ByteKernels
internal import Deduplication

/// Puts together what the tasks of duplicate removal wrote for people: `removed.jsonl`,
/// `clusters.jsonl` and `report.json`.
enum DuplicateReportStage: Stage {
  static let name = "deduplicate/report"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.findsDocuments ? 1 : 0
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.deduplicate else { return TaskResult() }
    var ledger = StageLedger()
    for manifest in try context.folder.manifests(ofStage: RemovalStage.name, plan: context.plan) {
      ledger += manifest.ledger
    }
    let report = DuplicateReport(
      ledger: ledger, settings: settings,
      buckets: try sum(BucketCounts(), BucketStage.self, context, +),
      pairs: try sum(PairCounts(), PairStage.self, context, +),
      sets: try sum(SetCounts(), SetStage.self, context) { $1 },
      clusters: try sum(ClusterCounts(), ClusterStage.self, context, +),
      audit: try sum(nil as Audit?, AuditStage.self, context) { $1 })
    let folder = context.folder
    return TaskResult(outputs: [
      try join(
        context.outputs(of: RemovalStage.self, ending: ".removed.jsonl"), folder,
        to: folder.outputPath("deduplicate/removed.jsonl")),
      try join(
        context.outputs(of: ClusterStage.self, ending: ".clusters.jsonl"), folder,
        to: folder.outputPath("deduplicate/clusters.jsonl")),
      try JSONFile.publish(report, to: folder.outputPath(reportPath)),
    ])
  }

  static let reportPath = "deduplicate/report.json"

  /// The counts of all tasks of a stage together.
  private static func sum<Counts: Codable>(
    _ zero: Counts, _ stage: any Stage.Type, _ context: TaskContext,
    _ add: (Counts, Counts) -> Counts
  ) throws -> Counts {
    try context.outputs(of: stage, ending: ".json").reduce(zero) { sum, output in
      let path = "\(context.folder.path)/\(output.path)"
      guard try Hexadecimal.digits(Fingerprint.whole(path)) == output.checksum,
        let counts = try JSONFile.read(Counts.self, from: path)
      else { throw RunError.damaged(path) }
      return add(sum, counts)
    }
  }

  /// Copies files one behind the other, each held against the checksum in its manifest.
  private static func join(
    _ parts: [Manifest.Output], _ folder: RunFolder, to path: String
  ) throws -> OutputFile.Published {
    let joined = try OutputFile(path: path)
    for part in parts {
      let path = "\(folder.path)/\(part.path)"
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

extension RunFolder {
  /// What duplicate removal found; nil when the run has none.
  package func duplicateReport() throws -> DuplicateReport? {
    try JSONFile.read(DuplicateReport.self, from: "\(path)/\(DuplicateReportStage.reportPath)")
  }
}
