internal import ByteKernels

/// One barrier of a plan: how many tasks it has and what one of them does.
protocol Stage: Sendable {
  /// The stage's name and its folder in the run.
  static var name: String { get }
  /// 0 when the pipeline has no use for the stage.
  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int
  /// Does one task; what it writes depends on the plan and `index` alone.
  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult
}

/// Every stage, in the order they run.
enum StageCatalog {
  static let stages: [any Stage.Type] = [
    CurateStage.self,
    BucketStage.self,
    ClusterStage.self,
    DocumentStage.self,
    CountStage.self,
    TokenizerStage.self,
    ShardStage.self,
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
  let observer: any RunObserver

  /// The output of an earlier stage's task whose path ends so; nil when that task wrote none.
  func output(of stage: any Stage.Type, task: Int, suffix: String) throws -> String? {
    guard let manifest = try folder.manifest(stage: stage.name, index: task, plan: plan) else {
      throw PipelineError(
        file: folder.path, message: "stage \(stage.name) is not finished: task \(task) is missing")
    }
    return manifest.outputs.first { $0.path.hasSuffix(suffix) }.map { "\(folder.path)/\($0.path)" }
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
  /// A shard lost something, or a task failed: one line for a person.
  func warned(_ message: String)
  func stageEnded(_ timing: StageTiming)
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
