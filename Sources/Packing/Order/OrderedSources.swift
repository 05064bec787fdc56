internal import ByteKernels

/// Sorted stretches that become one stream, in rounds when memory has no room for buffers of all.
struct OrderedSources {
  var sources: [(source: OrderedStream.Source, stretch: OrderedStretch)] = []
  let tokenByteCount: Int
  let memoryByteCount: Int
  /// What a file of merged stretches is made beside.
  let scratchPrefix: String

  /// Below this a disk is busier with finding than with reading.
  private static let leastBufferByteCount = 1 << 15
  private static let largestBufferByteCount = 1 << 20

  init(tokenByteCount: Int, memoryByteCount: Int, scratchPrefix: String) {
    self.tokenByteCount = tokenByteCount
    self.memoryByteCount = memoryByteCount
    self.scratchPrefix = scratchPrefix
  }

  /// One merger of all; their order decides ties.
  consuming func merger() throws(OrderError) -> OrderedMerger {
    let fanIn = max(2, memoryByteCount / Self.leastBufferByteCount)
    while sources.count > fanIn {
      let scratchPrefix = scratchPrefix
      let spill = try OrderError.wrap { () throws(FileError) in
        try SpillFile(besides: scratchPrefix)
      }
      var merged: [(source: OrderedStream.Source, stretch: OrderedStretch)] = []
      for start in stride(from: 0, to: sources.count, by: fanIn) {
        let group = start..<min(start + fanIn, sources.count)
        var writer = OrderedSpill(spill)
        var merger = OrderedMerger(try streams(group))
        while let (header, body, _) = try merger.next() { try writer.append(header, body.span) }
        merged.append((.spill(spill), try writer.finish()))
      }
      sources = merged
    }
    return OrderedMerger(try streams(sources.indices))
  }

  private func streams(_ range: Range<Int>) throws(OrderError) -> [OrderedStream] {
    let buffer = min(Self.largestBufferByteCount, memoryByteCount / max(1, range.count))
    var streams: [OrderedStream] = []
    for (source, stretch) in sources[range] {
      streams.append(
        try OrderedStream(
          source, stretch, tokenByteCount: tokenByteCount,
          bufferByteCount: max(4096, min(buffer, stretch.byteCount))))
    }
    return streams
  }
}

/// Writes one sorted stretch at the end of a spill file.
struct OrderedSpill {
  private let file: SpillFile
  private let offset: Int
  private var buffer: [UInt8] = []
  private var checksum = XXH64()

  private static let bufferByteCount = 1 << 18

  init(_ file: SpillFile) {
    self.file = file
    offset = file.byteCount
  }

  mutating func append(_ header: OrderedHeader, _ body: Span<UInt8>) throws(OrderError) {
    buffer += header.bytes
    buffer.append(copying: body)
    if buffer.count >= Self.bufferByteCount { try flush() }
  }

  mutating func finish() throws(OrderError) -> OrderedStretch {
    try flush()
    return OrderedStretch(
      offset: offset, byteCount: file.byteCount - offset, checksum: checksum.digest())
  }

  private mutating func flush() throws(OrderError) {
    let (file, bytes) = (file, buffer)
    checksum.update(bytes.span.raw)
    try OrderError.wrap { () throws(FileError) in try file.append(bytes.span) }
    buffer = []
  }
}
