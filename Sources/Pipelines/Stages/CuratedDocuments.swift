internal import Deduplication
internal import Documents

/// The documents of one curated shard that near-duplicate removal has left.
struct CuratedDocuments {
  private let reader: RecordReader
  private let removals: RemovalList?
  private let path: String
  private var row = 0

  init(shard: Int, _ context: TaskContext) throws {
    path = "\(context.folder.path)/curate/\(RunFolder.number(shard)).jsonl.zst"
    var settings = ReadSettings()
    settings.maximumRecordByteCount = .max
    reader = RecordReader(path: path, settings: settings)
    removals =
      context.pipeline.deduplicate == nil
      ? nil
      : try RemovalList(path: "\(context.folder.path)/\(ClusterStage.removalPath(ofShard: shard))")
  }

  /// The next document that stays; nil at the end.
  ///
  /// What this program wrote must read back whole, so
  /// anything else is an error.
  mutating func next() throws -> Record? {
    while let event = reader.next() {
      switch event {
      case .record(let record):
        defer { row += 1 }
        if removals?.contains(row: row) != true { return record }
      case .skipped(_, let byteCount) where byteCount == 0: continue
      case .damaged(let error, _): throw error
      case .skipped, .malformed:
        throw PipelineError(
          file: path,
          message: "row \(row) cannot be read back; remove this file and run the command again")
      }
    }
    return nil
  }
}
