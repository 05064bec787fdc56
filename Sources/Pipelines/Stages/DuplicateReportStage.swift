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
      try folder.join(
        context.outputs(of: RemovalStage.self, ending: ".removed.jsonl"),
        to: folder.outputPath("deduplicate/removed.jsonl")),
      try folder.join(
        context.outputs(of: ClusterStage.self, ending: ".clusters.jsonl"),
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
}

extension RunFolder {
  /// What duplicate removal found; nil when the run has none.
  package func duplicateReport() throws -> DuplicateReport? {
    try JSONFile.read(DuplicateReport.self, from: "\(path)/\(DuplicateReportStage.reportPath)")
  }
}
