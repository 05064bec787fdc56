internal import ByteKernels
internal import FoundationEssentials

/// The folder of one run: the interface between engines, and to the user's other tools.
package struct RunFolder: Sendable {
  package let path: String

  package init(path: String) {
    self.path = FileSystem.absolute(path)
  }

  package var planPath: String { "\(path)/plan.json" }
  package var ledgerPath: String { "\(path)/ledger.json" }
  package var resolvedPipelinePath: String { "\(path)/pipeline.resolved.yaml" }
  package var timingsPath: String { "\(path)/timings.json" }
  /// For what a task spills; not there between runs.
  private var scratchPath: String { "\(path)/scratch" }
  var lockPath: String { "\(path)/.lock" }

  /// Five digits, as shards are named.
  static func number(_ index: Int) -> String {
    let digits = String(index)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }

  /// The path of a file of a stage; its folder is made if it is not there.
  func outputPath(_ relative: String) throws -> String {
    let full = "\(path)/\(relative)"
    if let slash = full.lastIndex(of: "/") { try FileSystem.makeFolder(String(full[..<slash])) }
    return full
  }

  /// A path as manifests hold it.
  func relative(_ full: String) -> String {
    full.hasPrefix(path + "/") ? String(full.dropFirst(path.count + 1)) : full
  }

  /// All manifests stand apart, so that a stage's folder holds its shards and nothing else.
  private static func manifestName(stage: String, index: Int) -> String {
    "done/\(stage)/\(number(index)).json"
  }

  private func manifestPath(stage: String, index: Int) -> String {
    "\(path)/\(Self.manifestName(stage: stage, index: index))"
  }

  /// The manifest of a task that is done under this plan and whose files are there, else nil.
  package func manifest(stage: String, index: Int, plan: Plan) throws -> Manifest? {
    guard let manifest = try manifestAlone(stage: stage, index: index, plan: plan) else {
      return nil
    }
    for output in manifest.outputs
    where FileSystem.status("\(self.path)/\(output.path)")?.byteCount != output.byteCount {
      return nil
    }
    return manifest
  }

  /// The manifest of a task that was done under this plan, whatever became of its files.
  private func manifestAlone(stage: String, index: Int, plan: Plan) throws -> Manifest? {
    let path = manifestPath(stage: stage, index: index)
    guard let manifest = try JSONFile.read(Manifest.self, from: path) else { return nil }
    return manifest.plan == plan.identity ? manifest : nil
  }

  /// The manifests of a stage that is done; one that is missing is an error that names it.
  ///
  /// With `needsFiles: false` its files may be gone, as those of a scratch stage are in the end.
  func manifests(
    ofStage stage: String, plan: Plan, needsFiles: Bool = true
  ) throws -> [Manifest] {
    let count = plan.stages.first { $0.name == stage }?.taskCount ?? 0
    let find = needsFiles ? manifest : manifestAlone
    return try (0..<count).map { index in
      guard let manifest = try find(stage, index, plan) else {
        throw RunError(
          path: manifestPath(stage: stage, index: index),
          message: "stage \(stage) is not finished; run its task \(index) first")
      }
      return manifest
    }
  }

  /// Publishes a manifest: from here on the task is done.
  func publish(_ manifest: Manifest) throws {
    let relative = Self.manifestName(stage: manifest.stage, index: manifest.index)
    for folder in Set(manifest.outputs.compactMap { Self.folder(of: $0.path) }) {
      FileSystem.flushFolder("\(path)/\(folder)")
    }
    try JSONFile.write(manifest, to: try outputPath(relative))
    FileSystem.flushFolder("\(path)/done/\(manifest.stage)")
  }

  /// A name in the scratch folder that no other attempt at any task has.
  func scratchPrefix(_ name: String) throws -> String {
    let attempt = Hexadecimal.digits(UInt64.random(in: .min ... .max))
    try FileSystem.makeFolder(scratchPath)
    return "\(scratchPath)/\(name)-\(attempt)"
  }

  /// Says that this process works in the folder; nil while another one tidies it.
  func lockForWork() throws -> FileLock? { try FileLock(path: lockPath, .shared) }

  /// Removes what killed or failed attempts left behind, and what the scratch stages of a finished run
  /// wrote, unless another process works here.
  func removeLeftovers(of plan: Plan) throws {
    guard let lock = try FileLock(path: lockPath, .exclusive) else { return }
    defer { withExtendedLifetime(lock) {} }
    for stage in plan.stages where StageCatalog.stage(named: stage.name)?.isScratch == true {
      for manifest in try manifests(ofStage: stage.name, plan: plan, needsFiles: false) {
        for output in manifest.outputs { FileSystem.removeFile("\(path)/\(output.path)") }
      }
      FileSystem.removeEmptyFolder("\(path)/\(stage.name)")
    }
    if FileSystem.status(scratchPath) != nil {
      try FileManager.default.removeItem(atPath: scratchPath)
    }
    for name in try FileManager.default.subpathsOfDirectory(atPath: path)
    where OutputFile.isTemporaryName(FileSystem.baseName(name)) {
      FileSystem.removeFile("\(path)/\(name)")
    }
  }

  private static func folder(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
