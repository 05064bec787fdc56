package import ByteKernels

/// Puts the documents of one encoded shard in order, with as many copies as the mixture wants.
package struct OrderSorter {
  private let reader: EncodedShardReader
  private let task: Int
  private let mixture: Mixture
  private let rule: OrderRule
  private let tokenByteCount: Int
  private let memoryByteCount: Int
  private let scratchPrefix: String
  private var copies: [(header: OrderedHeader, offset: Int)] = []

  /// `prefix` is that of the shard that `task` encoded.
  package init(
    prefix: String, task: Int, _ mixture: Mixture, _ rule: OrderRule, vocabularySize: Int,
    memoryByteCount: Int, scratchPrefix: String
  ) throws {
    reader = try EncodedShardReader(prefix: prefix)
    self.task = task
    self.mixture = mixture
    self.rule = rule
    tokenByteCount = TokenType(unsignedFor: vocabularySize).byteCount
    self.memoryByteCount = memoryByteCount
    self.scratchPrefix = scratchPrefix
  }

  /// Writes the segment to `output`: the same bytes whatever the memory.
  package consuming func write(to output: String) throws -> OutputFile.Published {
    // Twice for the sort, and as much again may lie unused in a grown array.
    let capacity = max(1024, memoryByteCount / 4 / MemoryLayout<(OrderedHeader, Int)>.stride)
    var spill: SpillFile?
    var runs = OrderedSources(
      tokenByteCount: tokenByteCount, memoryByteCount: memoryByteCount / 4,
      scratchPrefix: scratchPrefix)
    try reader.forEach { row, entry throws(OrderError) in
      let position = DocumentPosition(task: task, row: row)
      for copy in 0..<mixture.copyCount(entry.facts, position, rule) {
        if copies.count >= capacity {
          if spill == nil { spill = try makeSpill() }
          if let spill { runs.sources.append((.spill(spill), try writeRun(spill))) }
        }
        let key = rule.key(position, copy: copy, rank: entry.facts.rank)
        copies.append((OrderedHeader(entry, key: key, isRepeated: copy > 0), entry.offset))
      }
    }
    var writer = try OrderedSegmentWriter(path: output, mixture)
    if let spill {
      if !copies.isEmpty { runs.sources.append((.spill(spill), try writeRun(spill))) }
      var merger = try runs.merger()
      while let (header, body, _) = try merger.next() { try writer.append(header, body.span) }
    } else {
      try drain { header, body throws(OrderError) in try writer.append(header, body.span) }
    }
    return try writer.publish()
  }

  private func makeSpill() throws(OrderError) -> SpillFile {
    let prefix = scratchPrefix
    return try OrderError.wrap { () throws(FileError) in try SpillFile(besides: prefix) }
  }

  private mutating func writeRun(_ file: SpillFile) throws(OrderError) -> OrderedStretch {
    var run = OrderedSpill(file)
    try drain { header, body throws(OrderError) in try run.append(header, body.span) }
    return try run.finish()
  }

  /// Hands on the copies gathered, in order, with their bytes.
  private mutating func drain(
    _ body: (OrderedHeader, [UInt8]) throws(OrderError) -> Void
  ) throws(OrderError) {
    copies.sort { left, right in
      if left.header < right.header { return true }
      if right.header < left.header { return false }
      if left.offset != right.offset { return left.offset < right.offset }
      return !left.header.isRepeated && right.header.isRepeated
    }
    for (header, offset) in copies {
      try body(
        header,
        try reader.body(
          at: offset, byteCount: header.bodyByteCount(tokenByteCount: tokenByteCount)))
    }
    copies.removeAll(keepingCapacity: true)
  }
}
