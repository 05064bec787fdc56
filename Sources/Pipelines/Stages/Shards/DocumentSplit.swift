internal import Deduplication
internal import Documents
internal import Packing

/// The split of one curated shard's documents; they are asked for in the order of their rows.
struct DocumentSplit {
  private let split: Split
  private let sets: SetRows?
  private var place = 0

  init(_ settings: SplitSettings, shard: Int, _ context: TaskContext) throws {
    split = Split(settings, seed: UInt64(context.pipeline.seed))
    sets = settings.by == .cluster ? try context.setRows(ofShard: shard) : nil
  }

  mutating func part(of record: Record, row: Int) -> SplitPart {
    split.part(
      id: record.id, url: record.url, text: record.payload.span,
      set: sets?.set(row: row, &place))
  }
}
