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
    /// Folders of the run that hold texts or their tokens, forgotten ones too.
    package let textFolders: [String]
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
      receipt: nil, textFolders: textFolders)
  }

  /// Takes out what is asked for; a call that was killed before is finished first.
  package func run(
    _ request: ForgetRequest, workerCount: Int, observer: any RunObserver
  ) async throws -> Report {
    if let earlier = try ForgetPlan.read(in: folder.path) {
      let report = try await carryOut(earlier, workerCount, observer)
      if earlier.request == request { return report }
      return try await Forgetting(folder.path).run(
        request, workerCount: workerCount, observer: observer)
    }
    let counts = try await counts(request, workerCount, observer)
    guard !counts.isEmpty else {
      return Report(
        documentCount: 0, tokenCount: nil, shardCount: 0, receipt: nil, textFolders: [])
    }
    let plan = ForgetPlan(
      request: request, shards: counts.map(\.name),
      receipt: ForgetReceipts.nextName(in: folder.path))
    try FileSystem.makeFolder(staging)
    try JSONFile.write(plan, to: ForgetPlan.path(in: folder.path))
    FileSystem.flushFolder(staging)
    return try await carryOut(plan, workerCount, observer)
  }

  private var staging: String { "\(folder.path)/\(ForgetPlan.folder)" }

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
    let (folder, staging) = (folder, staging)
    guard let lock = try FileLock(path: "\(staging)/lock", .exclusive) else {
      throw RunError(
        path: folder.path, message: "another 'gristmill forget' works here; wait for it")
    }
    defer { withExtendedLifetime(lock) {} }
    let changed = try await ShardWork.map(
      plan.shards, "forget", workerCount: workerCount, observer: observer
    ) { name, index in
      try Self.forget(name, index, plan.request, in: folder, staging)
    }
    let receipt = try ForgetPublication(folder, plan, changed).publish()
    return Report(
      documentCount: receipt.documents, tokenCount: receipt.tokens, shardCount: changed.count,
      receipt: "\(folder.path)/\(plan.receipt)", textFolders: textFolders)
  }

  /// Writes one shard anew, unless that is done, and puts it in its place.
  private static func forget(
    _ name: String, _ index: Int, _ request: ForgetRequest, in folder: ShardSetFolder,
    _ staging: String
  ) throws -> ForgottenShard {
    let path = ForgottenShard.path(of: index, in: folder.path)
    let outcome: ForgottenShard
    if let done = try JSONFile.read(ForgottenShard.self, from: path) {
      outcome = done
    } else {
      guard let entry = folder.set.shards.first(where: { $0.name == name }) else {
        throw RunError(
          path: "\(folder.path)/\(ShardSet.fileName)", message: "names no shard \(name) any more")
      }
      outcome = try ShardRewriter(entry, in: folder, ForgetMatcher(request)).rewrite(to: staging)
      try JSONFile.write(outcome, to: path)
      FileSystem.flushFolder(staging)
    }
    try putInPlace(outcome, folder, staging)
    return outcome
  }

  /// Moves new files over old ones and removes what is left of these; may be done again and again.
  private static func putInPlace(
    _ outcome: ForgottenShard, _ folder: ShardSetFolder, _ staging: String
  ) throws {
    let files = outcome.after?.files ?? []
    for file in files where FileSystem.status("\(staging)/\(file.path)") != nil {
      try FileSystem.rename("\(staging)/\(file.path)", to: folder.path(of: file))
    }
    for file in outcome.before where !files.contains(where: { $0.path == file.path }) {
      FileSystem.removeFile(folder.path(of: file))
    }
    let prefix = "\(folder.path)/\(outcome.name)"
    if let slash = prefix.lastIndex(of: "/") { FileSystem.flushFolder(String(prefix[..<slash])) }
  }

  /// What holds texts in the run that made the shards.
  private var textFolders: [String] {
    guard let run = RunFolder(around: folder.path) else { return [] }
    let stages = [CurateStage.name, DocumentStage.name, EncodeStage.name, SortStage.name]
    return stages.map { "\(run.path)/\($0)" }.filter {
      FileSystem.status($0)?.isDirectory == true
    }
  }
}

extension Forgetting.Report {
  /// On one line.
  package var json: String {
    JSONValue.object([
      ("documents", .integer(documentCount)),
      ("tokens", tokenCount.map { .integer($0) } ?? .null), ("shards", .integer(shardCount)),
      ("receipt", receipt.map { .string($0) } ?? .null),
      ("texts_left_in", .array(textFolders.map { .string($0) })),
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
