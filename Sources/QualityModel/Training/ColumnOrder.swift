internal import ByteKernels

/// Puts the columns of a store in the order of how many rows have them, and drops those that none has.
///
/// Words are distributed so unevenly that a few columns make up most entries. Side by side they stay in the
/// processor's caches. And tables and vectors are as long as there are features in use, not as there could be.
enum ColumnOrder {
  /// The same rows with columns numbered from the most frequent on; ties go to the lower feature.
  static func ordered(
    _ store: consuming RowStore, workerCount: Int, memoryByteCount: Int, spillPrefix: String,
    blockByteCount: Int = RowCollector.defaultBlockByteCount
  ) async throws(QualityTrainingError) -> RowStore {
    let features = try await features(store, workerCount: workerCount)
    var ranks = [UInt32](repeating: 0, count: store.columnCount)
    for (rank, feature) in features.enumerated() { ranks[Int(feature)] = UInt32(rank) }
    let columnCount = max(1, features.count)
    let lanes = (0..<workerCount).map { _ in
      RenumberingLane(ranks: ranks, columnCount: columnCount)
    }
    var collector = RowCollector(
      columnCount: columnCount, labelCount: store.labelCount, features: features,
      memoryByteCount: memoryByteCount, spillPrefix: spillPrefix, blockByteCount: blockByteCount)
    let (labels, weights, folds) = (store.labels, store.weights, store.folds)
    let (oldColumnCount, reader) = (store.columnCount, store.reader)
    // Blocks are let go one by one, so that old and new rows together take no more than before.
    var places = (consume store).places
    var done = 0
    try await OrderedWork.run(
      places.count, lanes,
      take: { index in
        defer { places[index] = .memory(RowBlock(columnCount: oldColumnCount)) }
        return places[index]
      },
      { lane, place in
        await lane.renumbered(place, reader, columnCount: oldColumnCount)
      },
      add: { block throws(QualityTrainingError) in
        let rows = done..<done + block.rowCount
        done = rows.upperBound
        try collector.append(
          block, labels: Array(labels[rows]), weights: Array(weights[rows]),
          folds: Array(folds[rows]))
      })
    return try collector.finish()
  }

  private static func features(
    _ store: RowStore, workerCount: Int
  ) async throws(QualityTrainingError) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: store.columnCount)
    let lanes = (0..<workerCount).map { _ in CountingLane() }
    try await RowParts(store, numbersPerPart: store.columnCount).run(lanes) { lane, range in
      await lane.counts(store, range)
    } add: { part in
      for column in counts.indices { counts[column] += part[column] }
    }
    return (0..<UInt32(store.columnCount)).filter { counts[Int($0)] > 0 }
      .sorted { (counts[Int($1)], $0) < (counts[Int($0)], $1) }
  }
}

/// One worker that counts the rows of columns.
private actor CountingLane {
  func counts(
    _ store: RowStore, _ range: Range<Int>
  ) -> Result<[UInt32], QualityTrainingError> {
    var counts = [UInt32](repeating: 0, count: store.columnCount)
    return PassLane.forEachBlock(store, range, store.weights) { block, targets in
      MomentKernel.addCounts(block, targets.rows, to: &counts)
    }.map { counts }
  }
}

/// One worker that writes rows with other numbers for their columns.
private actor RenumberingLane {
  private let ranks: [UInt32]
  private var features: FeatureSet
  private var encoder = RowEncoder()

  init(ranks: [UInt32], columnCount: Int) {
    self.ranks = ranks
    features = FeatureSet(featureCount: columnCount, keepsCounts: true)
  }

  func renumbered(
    _ place: RowStore.Place, _ reader: SpillReader?, columnCount: Int
  ) -> Result<RowBlock, QualityTrainingError> {
    do throws(QualityTrainingError) {
      let block = try place.block(reader, columnCount: columnCount)
      var renumbered = RowBlock(columnCount: features.featureCount)
      let ranks = self.ranks
      RowCursor.forEach(block, 0..<block.rowCount) { _ in
        true
      } _: { row in
        row.add(to: &features, ranks: ranks)
        encoder.encode(&features, into: &renumbered) { _ in row.divisor }
      }
      return .success(renumbered)
    } catch {
      return .failure(error)
    }
  }
}
