internal import ByteKernels
internal import Packing

/// Describes the finished set of shards: `shards.json` for programs, a data card for people, and the
/// files that readers of some formats want beside the shards.
enum CardStage: Stage {
  static let name = "shards/card"
  static let passesDocuments = false

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.shards == nil ? 0 : 1
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.shards else { return TaskResult() }
    let packed = try PackedOutputs(context, settings)
    let folder = packed.folder
    let description = try TokenShardDescription(settings, context)
    var outputs = try settings.format.layout.writeSetFiles(
      of: packed.shards, in: folder, description)
    var set = ShardSet(
      version: ShardSet.currentVersion, format: settings.format.rawValue,
      tokenType: try packed.tokenTypeName(settings.format),
      vocabularySize: description.vocabularySize, endOfDocument: description.endOfDocument,
      beginningOfDocument: description.beginningOfDocument, padding: description.padding,
      strategy: settings.strategy.rawValue, sequenceLength: description.sequenceLength,
      hasLossMasks: description.hasLossMasks, isCompressed: description.isCompressed,
      allowsSpecialTokens: settings.allowsSpecialTokens,
      chatTemplate: settings.conversations.isOn
        ? settings.conversations.chatTemplate.rawValue : nil,
      hasForgotten: false, hasCutDocuments: false, seed: context.pipeline.seed,
      tokenizer: try tokenizer(description, context, folder),
      shards: packed.shards, files: outputs.map { ShardSet.File($0, in: folder) })
    let card = DatasetCard(
      plan: context.plan.portable, set: set, stages: try stages(context), counts: packed.counts)
    let cards = try card.publish(in: folder)
    set.files += cards.map { ShardSet.File($0, in: folder) }
    outputs += cards
    // It comes last: who finds it finds all it names.
    outputs.append(try JSONFile.publish(set, to: "\(folder)/\(ShardSet.fileName)"))
    return TaskResult(outputs: outputs)
  }

  private static func tokenizer(
    _ description: TokenShardDescription, _ context: TaskContext, _ folder: String
  ) throws -> ShardSet.Tokenizer {
    let outputs =
      try context.manifests.manifest(stage: TokenizerStage.name, index: 0)?.outputs ?? []
    return ShardSet.Tokenizer(
      name: description.tokenizerName,
      files: outputs.map { ShardSet.File($0, of: context.folder, in: folder) })
  }

  /// What came in and went out of the stages so far.
  private static func stages(_ context: TaskContext) throws -> [RunLedger.Entry] {
    try context.plan.stages.compactMap { stage in
      guard StageCatalog.stage(named: stage.name)?.passesDocuments == true else { return nil }
      var sum = StageLedger()
      for manifest in try context.folder.manifests(ofStage: stage.name, plan: context.plan) {
        sum += manifest.ledger
      }
      return RunLedger.Entry(stage: stage.name, ledger: sum)
    }
  }
}

/// What the tasks of stage `shards` wrote and counted.
private struct PackedOutputs {
  /// The folder of the set.
  let folder: String
  let shards: [ShardSet.Shard]
  let counts: PackedCounts

  init(_ context: TaskContext, _ settings: TokenShardSettings) throws {
    let folder = FileSystem.absolute("\(context.folder.path)/\(settings.path(ofFile: ""))")
    var shards: [ShardSet.Shard] = []
    var sum = PackedCounts()
    for manifest in try context.folder.manifests(ofStage: ShardStage.name, plan: context.plan) {
      let path = PackedCounts.path(ofTask: manifest.index)
      let counts = try context.folder.json(PackedCounts.self, path, of: manifest)
      sum.add(counts)
      let files = manifest.outputs.map { ShardSet.File($0, of: context.folder, in: folder) }
      shards += counts.shards.map { shard in
        ShardSet.Shard(
          name: shard.name, part: shard.part, number: shard.number, sequences: shard.sequences,
          tokens: shard.tokens, padding: shard.padding, documents: shard.documents,
          files: files.filter { $0.path.isFile(ofShard: shard.name) })
      }
    }
    self.folder = folder
    self.shards = shards
    self.counts = sum
  }

  /// What the format calls the tokens of the first shard; nil without shards.
  func tokenTypeName(_ format: TokenShardFormat) throws -> String? {
    for file in shards.first?.files ?? [] {
      let path = "\(folder)/\(file.path)"
      guard format.layout.recognises(path) else { continue }
      return try format.layout.reader(path, TokenShardHints()).tokenTypeName
    }
    return nil
  }
}

extension ShardSet.File {
  /// A file that a manifest vouches for, as a set in `folder` names it.
  init(_ output: Manifest.Output, of run: RunFolder, in folder: String) {
    self.init(
      path: Self.relative("\(run.path)/\(output.path)", to: folder), bytes: output.byteCount,
      xxh64: output.checksum)
  }
}

extension String {
  /// True for the path of a file that a writer made under the path prefix `name`.
  fileprivate func isFile(ofShard name: String) -> Bool {
    guard hasPrefix(name) else { return false }
    let next = dropFirst(name.count).first
    return next != nil && next?.isNumber == false
  }
}

extension RunFolder {
  /// A JSON file of a task, held against its manifest.
  func json<Value: Decodable>(
    _ type: Value.Type, _ relative: String, of manifest: Manifest
  ) throws -> Value {
    let full = "\(path)/\(relative)"
    guard let output = manifest.outputs.first(where: { $0.path == relative }),
      try Hexadecimal.digits(Fingerprint.whole(full)) == output.checksum,
      let value = try JSONFile.read(type, from: full)
    else { throw RunError.damaged(full) }
    return value
  }
}
