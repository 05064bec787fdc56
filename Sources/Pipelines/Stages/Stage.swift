internal import ByteKernels

/// One barrier of a plan: how many tasks it has and what one of them does.
protocol Stage: Sendable {
  /// The stage's name and its folder in the run.
  static var name: String { get }
  /// True when every document of the run comes by: its ledger must then take in what the stage
  /// before handed on.
  static var passesDocuments: Bool { get }
  /// True when what the stage writes is for later stages alone, and large: it is removed once the run
  /// is finished.
  static var isScratch: Bool { get }
  /// 0 when the pipeline has no use for the stage.
  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int
  /// Does one task; what it writes depends on the plan and `index` alone.
  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult
}

extension Stage {
  static var passesDocuments: Bool { true }
  static var isScratch: Bool { false }
}

/// Every stage, in the order they run.
enum StageCatalog {
  static let stages: [any Stage.Type] = [
    CurateStage.self,
    BucketStage.self,
    PairStage.self,
    SetStage.self,
    ClusterStage.self,
    RemovalStage.self,
    AuditStage.self,
    DuplicateReportStage.self,
    PieceStage.self,
    RepeatStage.self,
    AnchorStage.self,
    RepeatedAnchorStage.self,
    WindowStage.self,
    RepeatedWindowStage.self,
    CutStage.self,
    FrequentStage.self,
    SelectStage.self,
    DocumentStage.self,
    CountStage.self,
    TokenizerStage.self,
    EncodeStage.self,
    MixtureStage.self,
    SortStage.self,
    ShardStage.self,
    SurvivorStage.self,
    IndexStage.self,
    CardStage.self,
  ]

  static func stage(named name: String) -> (any Stage.Type)? {
    stages.first { $0.name == name }
  }
}

/// What a task gets to work with.
struct TaskContext: Sendable {
  let plan: Plan
  let pipeline: Pipeline
  let folder: RunFolder
  /// What this task may hold; never changes what it writes.
  let memoryByteCount: Int
  let manifests: ManifestShelf
  let tokenizers: TokenizerShelf
  let observer: any RunObserver

  /// What the manifest of an earlier stage's task says of one of its files.
  func output(_ path: String, of stage: any Stage.Type, task: Int) throws -> Manifest.Output {
    guard let manifest = try manifests.manifest(stage: stage.name, index: task),
      let output = manifest.outputs.first(where: { $0.path == path })
    else {
      throw RunError(
        path: "\(folder.path)/\(path)",
        message: "task \(task) of stage \(stage.name) has not written it; run that task first")
    }
    return output
  }

  /// The number of curate tasks, and so of curated shards.
  var curatedShardCount: Int { plan.slices.count }
}

/// What a task wrote and counted.
struct TaskResult {
  var outputs: [OutputFile.Published] = []
  var ledger = StageLedger()
  var failures: [Manifest.Failure] = []
}

/// Hears how a run goes on; called from any worker.
package protocol RunObserver: Sendable {
  func stageBegan(_ stage: String, taskCount: Int, doneCount: Int)
  /// Bytes a task has read since it last said so.
  func advanced(byteCount: Int)
  func taskEnded(_ stage: String, index: Int)
  /// How far the one task of a stage has come, in `unit`.
  func progressed(_ done: Int, of total: Int, _ unit: String)
  /// A record is lost: one line for a person.
  func warned(_ message: String)
  /// A shard lost something: the run will end with exit status 1.
  func failed(_ message: String)
  func stageEnded(_ timing: StageTiming)
  /// Work that is no stage of a run is over.
  func finished()
}

extension RunObserver {
  package func progressed(_ done: Int, of total: Int, _ unit: String) {}
}

/// What a stage cost; kept apart from what it wrote, which must not depend on it.
package struct StageTiming: Codable, Sendable {
  package let stage: String
  package let taskCount: Int
  package let wallSeconds: Double
  package let cpuSeconds: Double
  /// The largest resident set of the process when the stage ended.
  package let peakMemoryByteCount: Int
  /// Bytes of documents that came into the tasks done.
  package let byteCount: Int

  package init(
    stage: String, taskCount: Int, wallSeconds: Double, cpuSeconds: Double,
    peakMemoryByteCount: Int, byteCount: Int
  ) {
    self.stage = stage
    self.taskCount = taskCount
    self.wallSeconds = wallSeconds
    self.cpuSeconds = cpuSeconds
    self.peakMemoryByteCount = peakMemoryByteCount
    self.byteCount = byteCount
  }
}
