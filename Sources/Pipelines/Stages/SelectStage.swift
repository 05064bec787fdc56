internal import ByteKernels
internal import Deduplication
internal import Documents
internal import QualityModel
internal import Reports

/// Keeps the best share of the documents that near-duplicate removal has left, group by group.
enum SelectStage: Stage {
  static let name = "select"

  static func taskCount(in pipeline: Pipeline, curateTaskCount: Int) -> Int {
    pipeline.select == nil ? 0 : 1
  }

  static func listPath(ofShard shard: Int) -> String {
    "\(name)/\(RunFolder.number(shard)).kept"
  }

  static func run(_ index: Int, _ context: TaskContext) throws -> TaskResult {
    guard let settings = context.pipeline.select else { return TaskResult() }
    let scores = try CuratedScores(context)
    let selection = ShareSelection(
      settings, groupCount: scores.groups.count, memoryByteCount: context.memoryByteCount / 2
    ) { body in
      for shard in scores.shards { shard.forEach { body($1) } }
    }
    try refuseUnknownAttribute(settings.attribute, selection, scores, context)
    var result = TaskResult()
    for (index, shard) in scores.shards.enumerated() {
      var list = SelectionList(documentCount: shard.documentCount)
      shard.forEach { row, document in
        let tally = Tally(documents: 1, bytes: Int(document.byteCount))
        result.ledger.input += tally
        if selection.keeps(document) {
          list.keep(row: row)
          result.ledger.kept += tally
        } else {
          let reason = document.hasScore ? "below-share" : "missing-attribute"
          result.ledger.dropped[name, default: [:]][reason, default: Tally()] += tally
        }
      }
      result.outputs.append(try list.write(to: context.folder.outputPath(listPath(ofShard: index))))
    }
    result.ledger.output = result.ledger.kept
    result.outputs.append(
      try writeCuts(selection.cuts, scores.groups, context.folder.outputPath("select/groups.jsonl"))
    )
    return result
  }

  /// Documents without a score are dropped and counted; when none has one, the name is wrong.
  private static func refuseUnknownAttribute(
    _ attribute: String, _ selection: ShareSelection, _ scores: CuratedScores,
    _ context: TaskContext
  ) throws {
    let hasDocuments = scores.shards.contains { $0.documentCount > 0 }
    if hasDocuments, selection.cuts.allSatisfy({ $0.documentCount == 0 }) {
      throw RunError(
        path: context.folder.path,
        message: "select: no document has a number '\(attribute)': no step gives it, and it is not "
          + "in their metadata; name another attribute")
    }
  }

  /// A JSON line for each group: its documents, those kept, and the lowest score kept.
  private static func writeCuts(
    _ cuts: [ShareSelection.Cut], _ groups: [String], _ path: String
  ) throws -> OutputFile.Published {
    let file = try OutputFile(path: path)
    for (group, cut) in zip(groups, cuts).sorted(by: { $0.0 < $1.0 }) {
      let line = JSONValue.object([
        ("group", .string(group)), ("documents", .integer(cut.documentCount)),
        ("bytes", .integer(Int(cut.byteCount))), ("kept", .integer(cut.keptDocumentCount)),
        ("kept_bytes", .integer(Int(cut.keptByteCount))), ("minimum", JSONValue(cut.minimumScore)),
      ])
      try file.write(Array("\(line.text)\n".utf8))
    }
    return try file.publish()
  }
}

/// The scores of all curated shards, without the documents that near-duplicate removal takes out.
struct CuratedScores {
  /// One curated shard.
  struct Shard {
    fileprivate let reader: ScoreReader
    fileprivate let removals: RemovalList?
    fileprivate let cuts: CutList?
    /// The position in all groups of each of the shard's groups.
    fileprivate let groups: [Int]

    /// Rows of the shard, removed ones included.
    var documentCount: Int { reader.documentCount }

    func forEach(_ body: (_ row: Int, _ document: ScoreRecord) -> Void) {
      var cursor = CutList.Cursor()
      reader.forEach { row, document in
        if removals?.contains(row: row) == true { return }
        var document = document
        switch cuts?.cuts(row: row, &cursor) ?? .whole {
        case .whole: break
        case .dropped: return
        case .without(let ranges):
          document.byteCount -= UInt64(ranges.reduce(0) { $0 + $1.count })
        }
        document.group = groups[document.group]
        body(row, document)
      }
    }
  }

  private(set) var shards: [Shard] = []
  /// The names of all groups.
  let groups: [String]

  init(_ context: TaskContext) throws {
    // The other half is for the search.
    var names = GroupNames(memoryByteCount: context.memoryByteCount / 2)
    for shard in 0..<context.curatedShardCount {
      let output = try context.output(
        CurateStage.scoresPath(ofShard: shard), of: CurateStage.self, task: shard)
      let reader = try ScoreReader(
        path: "\(context.folder.path)/\(output.path)"
      ) { Hexadecimal.digits($0) == output.checksum }
      shards.append(
        Shard(
          reader: reader, removals: try context.removals(ofShard: shard),
          cuts: try context.cuts(ofShard: shard), groups: try names.add(reader)))
    }
    groups = names.names
  }
}
