internal import ByteKernels
internal import Packing

/// Brings what speaks of all shards up to date after some have changed.
struct ForgetPublication {
  private let folder: ShardSetFolder
  private let plan: ForgetPlan
  private let changed: [ForgottenShard]

  init(_ folder: ShardSetFolder, _ plan: ForgetPlan, _ changed: [ForgottenShard]) {
    (self.folder, self.plan, self.changed) = (folder, plan, changed)
  }

  /// Every step may be done again after a kill; the plan goes last.
  func publish() throws -> ForgetReceipt {
    try folder.refuseLinks(
      plan.files.map(\.path)
        + [ShardSet.fileName, DatasetCard.jsonName, DatasetCard.textName, ForgetReceipts.folder])
    let receipt = receipt()
    try FileSystem.makeFolder("\(folder.path)/\(ForgetReceipts.folder)")
    var set = folder.set
    let outcomes = Dictionary(changed.map { ($0.name, $0.after) }, uniquingKeysWith: { $1 })
    set.hasForgotten = true
    set.shards = set.shards.compactMap { outcomes[$0.name] ?? $0 }
    set.files = try setFiles(set)
    set.files += try card(set, receipt)
    let description = ShardSet.File(
      try JSONFile.publish(set, to: "\(folder.path)/\(ShardSet.fileName)"), in: folder.path)
    for file in plan.files where !set.files.contains(where: { $0.path == file.path }) {
      try ForgetStaging.remove(folder.path(of: file))
    }
    try JSONFile.write(receipt, to: "\(folder.path)/\(plan.receipt)")
    FileSystem.flushFolder("\(folder.path)/\(ForgetReceipts.folder)")
    FileSystem.flushFolder(folder.path)
    try vouch(for: set.files + [description])
    try ForgetStaging(folder).clear()
    return receipt
  }

  private func receipt() -> ForgetReceipt {
    ForgetReceipt(
      gristmill: ToolVersion.current, request: plan.request,
      documents: changed.reduce(0) { $0 + $1.found.count },
      tokens: changed.reduce(0) { $0 + $1.tokenCount },
      shards: changed.map {
        .init(name: $0.name, documents: $0.found, before: $0.before, after: $0.after?.files ?? [])
      })
  }

  private func setFiles(_ set: ShardSet) throws -> [ShardSet.File] {
    guard let format = TokenShardFormat(rawValue: set.format) else { return [] }
    let published = try format.layout.writeSetFiles(
      of: set.shards, in: folder.path, TokenShardDescription(set))
    return published.map { ShardSet.File($0, in: folder.path) }
  }

  private func card(_ set: ShardSet, _ receipt: ForgetReceipt) throws -> [ShardSet.File] {
    let path = "\(folder.path)/\(DatasetCard.jsonName)"
    guard var card = try JSONFile.read(DatasetCard.self, from: path) else { return [] }
    card.describe(set)
    if !card.forgotten.contains(where: { $0.receipt == plan.receipt }) {
      card.forgotten.append(
        .init(receipt: plan.receipt, documents: receipt.documents, tokens: receipt.tokens))
    }
    return try card.publish(in: folder.path).map { ShardSet.File($0, in: folder.path) }
  }

  /// Lets the run's manifests vouch for the files as they are now: else the run would take them for
  /// damaged and bring the documents back.
  private func vouch(for files: [ShardSet.File]) throws {
    guard let run = RunFolder(around: folder.path) else { return }
    var now: [String: ShardSet.File] = [:]
    var gone: Set<String> = []
    for shard in changed {
      for file in shard.before { gone.insert(run.relative(folder.path(of: file))) }
      for file in shard.after?.files ?? [] { now[run.relative(folder.path(of: file))] = file }
    }
    for file in plan.files { gone.insert(run.relative(folder.path(of: file))) }
    for file in files { now[run.relative(folder.path(of: file))] = file }
    try run.replaceOutputs(ofStage: ShardStage.name) { output in
      if let file = now[output.path] {
        return Manifest.Output(path: output.path, byteCount: file.bytes, checksum: file.xxh64)
      }
      return gone.contains(output.path) ? nil : output
    }
  }
}

extension RunFolder {
  /// Changes what the manifests of a stage, and of those below it, say of its files.
  fileprivate func replaceOutputs(
    ofStage stage: String, _ replace: (Manifest.Output) -> Manifest.Output?
  ) throws {
    for file in FileSystem.filesBelow("\(path)/done/\(stage)") where file.hasSuffix(".json") {
      guard let manifest = try JSONFile.read(Manifest.self, from: file) else { continue }
      let outputs = manifest.outputs.compactMap(replace)
      if outputs == manifest.outputs { continue }
      try publish(
        Manifest(
          plan: manifest.plan, stage: manifest.stage, index: manifest.index, outputs: outputs,
          ledger: manifest.ledger, failures: manifest.failures))
    }
  }
}
