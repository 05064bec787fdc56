internal import ByteKernels

/// Labelled rows that training reads again and again: in memory, and on disk beyond a share of it.
///
/// A value that all workers read; made by `RowCollector`.
package struct RowStore: Sendable {
  /// Where a block is.
  enum Place: Sendable {
    case memory(RowBlock)
    case disk(SpilledBlock)

    func block(
      _ reader: SpillReader?, columnCount: Int
    ) throws(QualityTrainingError) -> RowBlock {
      switch self {
      case .memory(let block): return block
      case .disk(let spilled):
        guard let reader else { preconditionFailure("blocks on disk have a reader") }
        return try spilled.read(reader, columnCount: columnCount)
      }
    }
  }

  let columnCount: Int
  /// The feature that each column is; empty when columns are features.
  let features: [UInt32]
  let labelCount: Int
  let places: [Place]
  /// The number of each block's first row, and last that of all rows.
  let firstRows: [Int]
  /// The label of each row, below `labelCount`.
  let labels: [UInt16]
  /// How many texts each row stands for.
  let weights: [Double]
  /// What each row's caller sorted it under, for `RowSelection`.
  var folds: [UInt8]
  let entryCount: Int
  /// Bytes held in memory.
  let memoryByteCount: Int
  let reader: SpillReader?

  package var rowCount: Int { labels.count }

  /// The blocks that hold rows of a range.
  func blocks(of rows: Range<Int>) -> Range<Int> {
    guard !rows.isEmpty else { return 0..<0 }
    let first = firstRows.partitionPoint { $0 > rows.lowerBound } - 1
    return first..<firstRows.partitionPoint { $0 >= rows.upperBound }
  }

  /// A block, from memory or disk; asks the disk for the one after it.
  func block(_ index: Int) throws(QualityTrainingError) -> RowBlock {
    if index + 1 < places.count, case .disk(let next) = places[index + 1] {
      reader?.expect(at: next.offset, count: next.byteCount)
    }
    return try places[index].block(reader, columnCount: columnCount)
  }
}

/// A block on disk.
struct SpilledBlock: Sendable {
  let offset: Int
  let byteCount: Int
  let checksum: UInt64
  let rowCount: Int
  let entryCount: Int
  let longestRow: Int

  init(_ block: RowBlock, offset: Int) {
    self.offset = offset
    byteCount = block.bytes.count
    checksum = XXH64.hash(block.bytes.span)
    rowCount = block.rowCount
    entryCount = block.entryCount
    longestRow = block.longestRow
  }

  func read(_ reader: SpillReader, columnCount: Int) throws(QualityTrainingError) -> RowBlock {
    do throws(FileError) {
      let bytes = try reader.read(at: offset, count: byteCount)
      if bytes.count == byteCount, XXH64.hash(bytes.span) == checksum {
        return RowBlock(
          columnCount: columnCount, bytes: bytes, rowCount: rowCount, entryCount: entryCount,
          longestRow: longestRow)
      }
    } catch {
      throw .spill(error)
    }
    throw .damagedSpill(path: reader.path, byteOffset: offset)
  }
}

extension Array {
  /// The first place whose element and all after it satisfy a condition, in an array parted by it.
  fileprivate func partitionPoint(_ isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
