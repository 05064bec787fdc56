internal import ByteKernels
internal import Packing

/// Shards written anew, beside the old ones until they take their place.
struct ForgetStaging {
  private let folder: ShardSetFolder

  init(_ folder: ShardSetFolder) {
    self.folder = folder
  }

  var path: String { "\(folder.path)/\(ForgetPlan.folder)" }

  /// Sets a plan down; what earlier ones have left was cleared before, since it would be taken for parts
  /// of this one.
  func begin(_ plan: ForgetPlan) throws {
    try FileSystem.makeFolder(path)
    try JSONFile.write(plan, to: ForgetPlan.path(in: folder.path))
    FileSystem.flushFolder(path)
    FileSystem.flushFolder(folder.path)
  }

  /// Removes everything, the plan first, without which nothing else means anything, and what killed calls
  /// were writing elsewhere.
  func clear() throws {
    try folder.refuseLinks(
      [ForgetPlan.folder] + SplitPart.allCases.map { "\(ForgetPlan.folder)/\($0.rawValue)" })
    FileSystem.removeFile(ForgetPlan.path(in: folder.path))
    FileSystem.flushFolder(path)
    for file in FileSystem.filesBelow(path) { try Self.remove(file) }
    for part in SplitPart.allCases { FileSystem.removeEmptyFolder("\(path)/\(part.rawValue)") }
    FileSystem.flushFolder(path)
    FileSystem.removeEmptyFolder(path)
    removeLeftovers()
  }

  /// What an attempt that was killed was writing.
  private func removeLeftovers() {
    var folders: Set<String> = [folder.path, "\(folder.path)/\(ForgetReceipts.folder)"]
    for part in SplitPart.allCases { folders.insert("\(folder.path)/\(part.rawValue)") }
    if let run = RunFolder(around: folder.path) {
      for stage in [ShardStage.name, CardStage.name] { folders.insert("\(run.path)/done/\(stage)") }
    }
    for file in folders.flatMap(FileSystem.files)
    where OutputFile.isTemporaryName(FileSystem.baseName(file)) {
      FileSystem.removeFile(file)
    }
  }

  /// What became of a shard under a plan; nil when it is not done, or when its new files are lost.
  func outcome(of name: String, _ index: Int, _ plan: ForgetPlan) throws -> ForgottenShard? {
    let path = marker(index)
    guard let outcome = try JSONFile.read(ForgottenShard.self, from: path),
      outcome.name == name, outcome.plan == (try plan.identity)
    else { return nil }
    let files = outcome.after?.files ?? []
    guard (outcome.before + files).allSatisfy({ $0.path.isPlainPath && $0.path.hasPrefix(name) })
    else {
      throw RunError(path: path, message: "names files of other shards than \(name); remove it")
    }
    for file in files where try !isStaged(file) && !isInPlace(file) { return nil }
    return outcome
  }

  /// Sets down what became of a shard, once its new files are safe.
  func keep(_ outcome: ForgottenShard, _ index: Int) throws {
    for folder in folders(of: outcome.after?.files ?? [], below: path) {
      FileSystem.flushFolder(folder)
    }
    try JSONFile.write(outcome, to: marker(index))
    FileSystem.flushFolder(path)
  }

  /// Moves new files over old ones and removes what is left of these; may be done again and again.
  func place(_ outcome: ForgottenShard) throws {
    let files = outcome.after?.files ?? []
    try folder.refuseLinks((outcome.before + files).map(\.path))
    for file in files where isStaged(file) {
      try FileSystem.rename("\(path)/\(file.path)", to: folder.path(of: file))
    }
    for file in files where FileSystem.status(folder.path(of: file))?.byteCount != file.bytes {
      throw RunError(
        path: folder.path(of: file), message: "has not become the file that was written for it")
    }
    for file in outcome.before where !files.contains(where: { $0.path == file.path }) {
      try Self.remove(folder.path(of: file))
    }
    for folder in folders(of: outcome.before + files, below: folder.path) {
      FileSystem.flushFolder(folder)
    }
  }

  private func marker(_ index: Int) -> String { "\(path)/shard-\(RunFolder.number(index)).json" }

  private func isStaged(_ file: ShardSet.File) -> Bool {
    FileSystem.status("\(path)/\(file.path)")?.byteCount == file.bytes
  }

  private func isInPlace(_ file: ShardSet.File) throws -> Bool {
    let path = folder.path(of: file)
    guard FileSystem.status(path)?.byteCount == file.bytes else { return false }
    return try Hexadecimal.digits(Fingerprint.whole(path)) == file.xxh64
  }

  private func folders(of files: [ShardSet.File], below base: String) -> Set<String> {
    Set(
      files.map { "\(base)/\($0.path)" }.compactMap { path in
        path.lastIndex(of: "/").map { String(path[..<$0]) }
      })
  }

  /// Removes a file that must not stay.
  static func remove(_ path: String) throws {
    FileSystem.removeFile(path)
    if FileSystem.status(path) != nil {
      throw RunError(path: path, message: "cannot be removed; make its folder writable")
    }
  }
}

extension ShardSetFolder {
  /// Refuses paths in the folder that symbolic links lead elsewhere: a change there would touch what is
  /// not of the set, and one of the link alone would leave what it leads to.
  func refuseLinks(_ paths: [String]) throws {
    guard let root = FileSystem.resolved(path) else { return }
    for relative in paths {
      guard let resolved = FileSystem.resolved("\(path)/\(relative)") else { continue }
      if resolved != "\(root)/\(relative)" {
        throw RunError(
          path: "\(path)/\(relative)",
          message:
            "is behind a symbolic link, and only what stands in the folder itself is changed; "
            + "put the file in place of the link")
      }
    }
  }
}
