internal import ByteKernels
internal import Packing

/// Runs the tasks of a plan on the worker threads of this process.
///
/// A task that is done (its manifest is there) is not run again, so running a plan after a kill
/// goes on where it stopped.
package struct Driver: Sendable {
  package let plan: Plan
  package let folder: RunFolder
  package let workerCount: Int
  /// What the whole process may hold; every task running at once gets an equal share.
  package let memoryByteCount: Int
  package let observer: any RunObserver
  private let pipeline: Pipeline
  private let manifests: ManifestShelf
  private let tokenizers = TokenizerShelf()

  /// Refuses a plan that this program cannot run.
  package init(
    plan: Plan, folder: RunFolder, workerCount: Int, memoryByteCount: Int,
    observer: any RunObserver
  ) throws {
    self.plan = plan
    self.folder = folder
    self.workerCount = workerCount
    self.memoryByteCount = memoryByteCount
    self.observer = observer
    manifests = ManifestShelf(folder, plan)
    try plan.verify(at: folder.planPath)
    let parsed = try PipelineParser.parse(
      plan.pipeline, file: folder.planPath, folder: folder.path)
    try plan.index?.verify(parsed)
    pipeline = parsed
  }

  /// Runs every stage and writes the ledger; throws when a task cannot be done here and now.
  package func run() async throws -> RunLedger {
    try folder.prepare(for: plan)
    let ledger = try await runStages()
    try folder.removeLeftovers(of: plan)
    return ledger
  }

  private func runStages() async throws -> RunLedger {
    let lock = try folder.lockForWork()
    defer { withExtendedLifetime(lock) {} }
    let earlier = try? JSONFile.read([StageTiming].self, from: folder.timingsPath)
    var timings = RunTimings(earlier: earlier ?? [])
    for stage in plan.stages {
      timings.add(try await run(stage))
      try JSONFile.write(timings.stages, to: folder.timingsPath)
    }
    let ledger = try RunLedger(folder, plan)
    try JSONFile.write(ledger, to: folder.ledgerPath)
    return ledger
  }

  /// Runs one task for another launcher, beside whatever else works in the folder.
  package func runTaskAlone(stage name: String, index: Int) throws -> Manifest {
    let lock = try folder.lockForWork()
    defer { withExtendedLifetime(lock) {} }
    return try runTask(stage: name, index: index)
  }

  /// Runs one task, or finds it done; the manifest is the same either way.
  private func runTask(stage name: String, index: Int) throws -> Manifest {
    if let done = try folder.manifest(stage: name, index: index, plan: plan) { return done }
    guard let stage = StageCatalog.stage(named: name),
      let count = plan.stages.first(where: { $0.name == name })?.taskCount
    else {
      let names = plan.stages.map(\.name).joined(separator: ", ")
      throw PipelineError(file: folder.planPath, message: "no stage '\(name)'; it has \(names)")
    }
    guard (0..<count).contains(index) else {
      throw PipelineError(
        file: folder.planPath,
        message: "stage \(name) has the tasks 0 to \(count - 1), not \(index)")
    }
    let context = TaskContext(
      plan: plan, pipeline: pipeline, folder: folder,
      memoryByteCount: memoryByteCount / max(1, min(workerCount, count)),
      manifests: manifests, tokenizers: tokenizers, observer: observer)
    let result: TaskResult
    do {
      result = try stage.run(index, context)
    } catch {
      throw plan.index?.explained(error) ?? error
    }
    let manifest = Manifest(
      plan: plan.identity, stage: name, index: index,
      outputs: result.outputs.map {
        Manifest.Output(
          path: folder.relative($0.path), byteCount: $0.byteCount,
          checksum: Hexadecimal.digits($0.checksum))
      },
      ledger: result.ledger, failures: result.failures)
    try folder.publish(manifest)
    return manifest
  }

  private func run(_ stage: Plan.Stage) async throws -> StageTiming {
    let clock = ContinuousClock()
    let began = clock.now
    let cpuBefore = ProcessUsage.current.cpuSeconds
    let pending = try pendingTasks(of: stage)
    try refuseToBringBack(stage, pending)
    observer.stageBegan(
      stage.name, taskCount: stage.taskCount, doneCount: stage.taskCount - pending.count)
    let byteCount = try await run(stage.name, pending)
    let usage = ProcessUsage.current
    let timing = StageTiming(
      stage: stage.name, taskCount: pending.count,
      wallSeconds: (clock.now - began) / .seconds(1), cpuSeconds: usage.cpuSeconds - cpuBefore,
      peakMemoryByteCount: usage.peakMemoryByteCount, byteCount: byteCount)
    observer.stageEnded(timing)
    return timing
  }

  /// Refuses to make shards anew that documents have been taken out of since.
  private func refuseToBringBack(_ stage: Plan.Stage, _ pending: [Int]) throws {
    guard let settings = pipeline.shards, stage.name.hasPrefix(ShardStage.name) else { return }
    let shards = FileSystem.absolute("\(folder.path)/\(settings.path(ofFile: ""))")
    if FileSystem.status(ForgetPlan.path(in: shards)) != nil {
      throw RunError(
        path: shards, message: "a 'gristmill forget' was cut off here; run it again first")
    }
    let count = ForgetReceipts.count(in: shards)
    guard count > 0 else { return }
    guard pending.isEmpty else {
      throw RunError(
        path: "\(shards)/\(ForgetReceipts.folder)",
        message: "documents were taken out of these shards, and some files of them are gone or "
          + "changed: making them anew would bring the documents back; run into another folder and "
          + "forget them there, or remove the receipts too")
    }
    if stage.name == CardStage.name {
      observer.warned("\(shards): documents were taken out since: see \(ForgetReceipts.folder)")
    }
  }

  /// The tasks that are not done; none of a scratch stage once all that reads its files is.
  private func pendingTasks(of stage: Plan.Stage) throws -> [Int] {
    let pending = try (0..<stage.taskCount).filter {
      try folder.manifest(stage: stage.name, index: $0, plan: plan) == nil
    }
    guard !pending.isEmpty, StageCatalog.stage(named: stage.name)?.isScratch == true else {
      return pending
    }
    let later = plan.stages.drop { $0 != stage }.dropFirst()
    let isFinished = try later.allSatisfy { later in
      try StageCatalog.stage(named: later.name)?.isScratch == true
        || (0..<later.taskCount).allSatisfy {
          try folder.manifest(stage: later.name, index: $0, plan: plan) != nil
        }
    }
    return isFinished ? [] : pending
  }

  /// Runs tasks, at most `workerCount` at once; the first failure stops the launching of more.
  private func run(_ stage: String, _ indices: [Int]) async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { group in
      var waiting = indices.makeIterator()
      var byteCount = 0
      func launchNext() {
        guard let index = waiting.next() else { return }
        group.addTask {
          let manifest = try runTask(stage: stage, index: index)
          observer.taskEnded(stage, index: index)
          return manifest.ledger.input.bytes
        }
      }
      for _ in 0..<workerCount { launchNext() }
      while let bytes = try await group.next() {
        byteCount += bytes
        launchNext()
      }
      return byteCount
    }
  }
}
