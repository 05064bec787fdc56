internal import ByteKernels
internal import Deduplication
internal import Documents
internal import QualityModel

/// The documents of one curated shard that removal of duplicates and selection have left.
struct CuratedDocuments {
  private let reader: RecordReader
  private let removals: RemovalList?
  private let cuts: CutList?
  private var cursor = CutList.Cursor()
  private let selection: SelectionList?
  private let counts: DuplicateCounts?
  private var countPlace = 0
  private let path: String
  /// What the manifest says the shard's bytes hash to.
  private let checksum: String
  private let observer: any RunObserver
  /// Rows of the shard read so far, with those left out.
  private(set) var rowCount = 0
  /// The documents given out so far, with the bytes of their text.
  private(set) var taken = Tally()

  /// The row of the document given out last.
  var row: Int { rowCount - 1 }

  /// With `isCut: false` the texts are as they were before pieces were cut.
  init(shard: Int, _ context: TaskContext, isCut: Bool = true) throws {
    let output = try context.output(
      CurateStage.documentsPath(ofShard: shard), of: CurateStage.self, task: shard)
    path = "\(context.folder.path)/\(output.path)"
    checksum = output.checksum
    observer = context.observer
    var settings = ReadSettings()
    settings.format = .jsonLines
    // What was accepted once is accepted again: escapes make lines longer, metadata nests one deeper.
    settings.maximumRecordByteCount = .max
    settings.maximumLineByteCount = .max
    settings.maximumNesting = context.pipeline.read.readSettings.maximumNesting + 8
    reader = RecordReader(path: path, settings: settings)
    removals = try context.removals(ofShard: shard)
    cuts = isCut ? try context.cuts(ofShard: shard) : nil
    selection = isCut ? try context.selection(ofShard: shard) : nil
    counts = try context.duplicateCounts(ofShard: shard)
  }

  /// The next document that stays; nil at the end.
  ///
  /// What this program wrote must read back whole and unchanged: anything else is an error.
  mutating func next() throws -> Record? {
    while let event = reader.next() {
      switch event {
      case .record(var record):
        rowCount += 1
        guard try leaves(&record) else { continue }
        taken += Tally(documents: 1, bytes: record.payload.count)
        observer.advanced(byteCount: record.payload.count)
        return record
      case .skipped(_, let byteCount) where byteCount == 0: continue
      case .skipped, .malformed, .damaged: throw damaged
      }
    }
    if Hexadecimal.digits(reader.checksum) != checksum { throw damaged }
    return nil
  }

  /// False for a document that does not stay; cuts the text of one that does.
  private mutating func leaves(_ record: inout Record) throws -> Bool {
    // A shard that grew is longer than its lists, which is seen before its checksum is.
    let listed = [
      removals?.documentCount, cuts?.documentCount, selection?.documentCount, counts?.documentCount,
    ]
    for case let count? in listed where row >= count { throw damaged }
    if removals?.contains(row: row) == true || selection?.keeps(row: row) == false { return false }
    if let counts {
      record.metadata.set("duplicate_count", counts.count(row: row, &countPlace))
    }
    switch cuts?.cuts(row: row, &cursor) ?? .whole {
    case .whole: return true
    case .dropped: return false
    case .without(let ranges):
      guard let left = record.payload.without(ranges) else { throw damaged }
      record.payload = left
      return true
    }
  }

  private var damaged: RunError { .damaged(path) }
}

extension TaskContext {
  /// What is cut from the documents of one curated shard; nil when the pipeline cuts nothing.
  func cuts(ofShard shard: Int) throws -> CutList? {
    if !pipeline.cutsPieces { return nil }
    let list = try output(CutStage.listPath(ofShard: shard), of: CutStage.self, task: shard)
    return try CutList(path: "\(folder.path)/\(list.path)")
  }

  /// What is kept of one curated shard; nil when the pipeline does not select.
  func selection(ofShard shard: Int) throws -> SelectionList? {
    if pipeline.select == nil { return nil }
    let list = try output(SelectStage.listPath(ofShard: shard), of: SelectStage.self, task: 0)
    return try SelectionList(path: "\(folder.path)/\(list.path)")
  }
}
