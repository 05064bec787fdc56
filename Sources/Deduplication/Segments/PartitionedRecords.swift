extension SegmentFileWriter {
  /// Writes everything in `sorter`, in order, one segment a partition; ends the sorter's input.
  func write(_ sorter: RecordSorter, dividedAmong partitions: Int) throws(DeduplicationError) {
    try sorter.finish()
    var partition = 0
    while case let batch = try sorter.nextBatch(), !batch.isEmpty {
      var start = 0
      for (place, record) in batch.enumerated() {
        let wanted = BandKey.partition(record, of: partitions)
        guard partition < wanted else { continue }
        try write(batch[start..<place])
        start = place
        for _ in partition..<wanted { endSegment() }
        partition = wanted
      }
      try write(batch[start...])
    }
    for _ in partition..<partitions { endSegment() }
  }
}
