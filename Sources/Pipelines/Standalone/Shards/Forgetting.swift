internal import ByteKernels
internal import Packing
internal import Reports

/// Takes documents out of finished shards, so that nothing of them is left there.
///
/// First a plan is set down, then each shard with something asked for is written anew beside the old
/// one and put in its place, then what speaks of all shards is. Killed at any moment, the next call goes
/// on where this one stopped.
package struct Forgetting {
  package struct Report: Sendable {
    package let documentCount: Int
    /// Nil when nothing was changed.
    package let tokenCount: Int?
    package let shardCount: Int
    /// The path of the receipt; nil when nothing was changed.
    package let receipt: String?
    /// Input files, and folders of the run that hold texts or their tokens: forgotten ones too.
    package let textPlaces: [String]
  }

  private let folder: ShardSetFolder

  /// Opens the set in a folder, its own or the one of a run.
  package init(_ path: String) throws {
    guard let folder = try ShardSetFolder(at: path) else {
      throw PipelineError(
        file: path,
        message:
          "holds no \(ShardSet.fileName): only sets that gristmill packed and finished can be "
          + "changed")
    }
    self.folder = folder
  }

  /// Says what would be taken out.
  package func search(
    _ request: ForgetRequest, workerCount: Int, observer: any RunObserver
  ) async throws -> Report {
    let counts = try await counts(request, workerCount, observer)
    return Report(
      documentCount: counts.reduce(0) { $0 + $1.count }, tokenCount: nil, shardCount: counts.count,
      receipt: nil, textPlaces: textPlaces)
  }

  /// Takes out what is asked for; a call that was killed before is finished first.
  package func run(
    _ request: ForgetRequest, workerCount: Int, observer: any RunObserver
  ) async throws -> Report {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    // Another call may have changed the set until now.
    let current = try Forgetting(folder.path)
    guard let earlier = try ForgetPlan.read(in: folder.path) else {
      return try await current.begin(request, workerCount, observer)
    }
    let report = try await current.carryOut(earlier, workerCount, observer)
    if earlier.request == request { return report }
    return try await Forgetting(folder.path).begin(request, workerCount, observer)
  }

  private func begin(
    _ request: ForgetRequest, _ workerCount: Int, _ observer: any RunObserver
  ) async throws -> Report {
    // A call may have been killed while it tidied up.
    try ForgetStaging(folder).clear()
    let counts = try await counts(request, workerCount, observer)
    guard !counts.isEmpty else {
      return Report(
        documentCount: 0, tokenCount: nil, shardCount: 0, receipt: nil, textPlaces: [])
    }
    let names = counts.map(\.name)
    let plan = ForgetPlan(
      request: request, shards: names, receipt: ForgetReceipts.nextName(in: folder.path),
      files: folder.set.files)
    let changing = Set(names)
    try folder.refuseLinks(
      folder.set.shards.filter { changing.contains($0.name) }.flatMap(\.files).map(\.path))
    try ForgetStaging(folder).begin(plan)
    return try await carryOut(plan, workerCount, observer)
  }

  /// Keeps other calls away, and runs that write the same shards.
  private func lock() throws -> FileLock {
    let path = RunFolder(around: folder.path)?.lockPath ?? "\(folder.path)/.lock"
    guard let lock = try FileLock(path: path, .exclusive) else {
      throw RunError(
        path: folder.path,
        message: "another 'gristmill forget' or a run works here; wait for it, then do this again")
    }
    return lock
  }

  /// The shards that hold documents asked for, in the set's order.
  private func counts(
    _ request: ForgetRequest, _ workerCount: Int, _ observer: any RunObserver
  ) async throws -> [(name: String, count: Int)] {
    let folder = folder
    let counts = try await ShardWork.map(
      folder.set.shards, "search", workerCount: workerCount, observer: observer
    ) { entry, _ in
      try ShardRewriter(entry, in: folder, ForgetMatcher(request)).foundCount
    }
    return zip(folder.set.shards, counts).filter { $1 > 0 }.map { ($0.name, $1) }
  }

  private func carryOut(
    _ plan: ForgetPlan, _ workerCount: Int, _ observer: any RunObserver
  ) async throws -> Report {
    let folder = folder
    let changed = try await ShardWork.map(
      plan.shards, "forget", workerCount: workerCount, observer: observer
    ) { name, index in
      try Self.forget(name, index, plan, in: folder)
    }
    let receipt = try ForgetPublication(folder, plan, changed).publish()
    return Report(
      documentCount: receipt.documents, tokenCount: receipt.tokens, shardCount: changed.count,
      receipt: "\(folder.path)/\(plan.receipt)", textPlaces: textPlaces)
  }

  /// Writes one shard anew, unless that is done, and puts it in its place.
  private static func forget(
    _ name: String, _ index: Int, _ plan: ForgetPlan, in folder: ShardSetFolder
  ) throws -> ForgottenShard {
    let staging = ForgetStaging(folder)
    if let done = try staging.outcome(of: name, index, plan) {
      try staging.place(done)
      return done
    }
    guard let entry = folder.set.shards.first(where: { $0.name == name }) else {
      throw RunError(
        path: "\(folder.path)/\(ShardSet.fileName)", message: "names no shard \(name) any more")
    }
    let outcome = try ShardRewriter(entry, in: folder, ForgetMatcher(plan.request))
      .rewrite(to: staging.path, plan)
    try staging.keep(outcome, index)
    try staging.place(outcome)
    return outcome
  }

  /// What holds texts of the run that made the shards: its inputs, and folders of its own.
  private var textPlaces: [String] {
    guard let run = RunFolder(around: folder.path) else { return [] }
    let stages = [CurateStage.name, DocumentStage.name, EncodeStage.name, SortStage.name]
    let inputs = (try? run.plan())?.inputs.map(\.path) ?? []
    return stages.map { "\(run.path)/\($0)" }.filter { FileSystem.status($0)?.isDirectory == true }
      + inputs.filter { FileSystem.status($0) != nil }
  }
}

extension Forgetting.Report {
  /// On one line.
  package var json: String {
    JSONValue.object([
      ("documents", .integer(documentCount)),
      ("tokens", tokenCount.map { .integer($0) } ?? .null), ("shards", .integer(shardCount)),
      ("receipt", receipt.map { .string($0) } ?? .null),
      ("texts_left_in", .array(textPlaces.map { .string($0) })),
    ]).text
  }
}

extension RunFolder {
  /// The run that a set of shards in a folder is of; nil when it is of none any more.
  init?(around setFolder: String) {
    for path in [
      setFolder, String(setFolder[..<(setFolder.lastIndex(of: "/") ?? setFolder.startIndex)]),
    ] {
      let folder = RunFolder(path: path)
      if FileSystem.status(folder.planPath) != nil {
        self = folder
        return
      }
    }
    return nil
  }
}
