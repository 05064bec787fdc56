internal import ByteKernels

/// Takes in blocks of rows in order, and puts on disk what a share of the memory does not hold.
struct RowCollector {
  static let defaultBlockByteCount = 4 << 20

  let columnCount: Int
  private let labelCount: Int
  private let features: [UInt32]
  private let memoryByteCount: Int
  private let blockByteCount: Int
  /// Where a spill file goes, as the beginning of its name.
  private let spillPrefix: String
  private var spill: SpillFile?
  private var open: RowBlock
  private var places: [RowStore.Place] = []
  private var firstRows = [0]
  private var entryCount = 0
  private var heldByteCount = 0
  private(set) var labels: [UInt16] = []
  private(set) var weights: [Double] = []
  private var folds: [UInt8] = []

  /// Blocks are put together to `blockByteCount` before they are stored.
  init(
    columnCount: Int, labelCount: Int, features: [UInt32] = [], memoryByteCount: Int,
    spillPrefix: String, blockByteCount: Int = Self.defaultBlockByteCount
  ) {
    self.features = features
    self.blockByteCount = blockByteCount
    self.columnCount = columnCount
    self.labelCount = labelCount
    self.memoryByteCount = memoryByteCount
    self.spillPrefix = spillPrefix
    open = RowBlock(columnCount: columnCount)
  }

  /// Adds rows with what belongs to them, one each.
  mutating func append(
    _ block: RowBlock, labels: [UInt16], weights: [Double], folds: [UInt8]
  ) throws(QualityTrainingError) {
    precondition(
      labels.count == block.rowCount && weights.count == block.rowCount
        && folds.count == block.rowCount, "a label, a weight and a fold a row")
    precondition(labels.allSatisfy { Int($0) < labelCount }, "a label of the model")
    self.labels += labels
    self.weights += weights
    self.folds += folds
    open.append(block)
    if open.bytes.count >= blockByteCount { try close() }
  }

  /// The rows added so far; the collector is used up.
  consuming func finish() throws(QualityTrainingError) -> RowStore {
    if open.rowCount > 0 { try close() }
    var reader: SpillReader?
    do throws(FileError) {
      reader = try spill?.makeReader()
    } catch {
      throw .spill(error)
    }
    return RowStore(
      columnCount: columnCount, features: features, labelCount: labelCount, places: places,
      firstRows: firstRows,
      labels: labels, weights: weights, folds: folds, entryCount: entryCount,
      memoryByteCount: heldByteCount, reader: reader)
  }

  /// Stores the open block.
  private mutating func close() throws(QualityTrainingError) {
    let block = open.trimmed()
    open = RowBlock(columnCount: columnCount)
    firstRows.append(labels.count)
    entryCount += block.entryCount
    if heldByteCount + block.bytes.count <= memoryByteCount {
      heldByteCount += block.bytes.count
      places.append(.memory(block))
    } else {
      places.append(.disk(try write(block)))
    }
  }

  private mutating func write(_ block: RowBlock) throws(QualityTrainingError) -> SpilledBlock {
    do throws(FileError) {
      let file: SpillFile
      if let spill { file = spill } else { file = try SpillFile(besides: spillPrefix) }
      spill = file
      let spilled = SpilledBlock(block, offset: file.byteCount)
      try file.append(block.bytes.span)
      return spilled
    } catch {
      throw .spill(error)
    }
  }
}
