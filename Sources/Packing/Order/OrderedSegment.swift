internal import ByteKernels

/// The documents of one encoded shard in order, `NNNNN.sorted`: for each part and each shard of it a
/// stretch of documents (``OrderedHeader``), then the table of the stretches, 24 bytes each: u64 offset,
/// u64 byte count, u64 XXH64.
enum OrderedSegment {
  static let entryByteCount = 24

  /// The number of a stretch.
  static func index(of shard: Int, _ part: SplitPart, _ mixture: Mixture) -> Int {
    mixture.parts.prefix(Int(part.number)).reduce(shard) { $0 + $1.shardCount }
  }

  static func stretchCount(_ mixture: Mixture) -> Int {
    mixture.parts.reduce(0) { $0 + $1.shardCount }
  }

  /// Where the documents of a shard are in the segment at `path`.
  static func stretch(
    _ path: String, _ index: Int, _ mixture: Mixture
  ) throws(OrderError) -> OrderedStretch {
    let file = try OrderError.wrap { () throws(FileError) in try RandomAccessFile(path: path) }
    let table = file.byteCount - stretchCount(mixture) * entryByteCount
    let offset = table + index * entryByteCount
    guard table >= 0 else {
      throw .damaged(path: path, byteOffset: 0, what: "is shorter than its table")
    }
    let bytes = try OrderError.wrap { () throws(FileError) in
      try file.read(at: offset, count: entryByteCount)
    }
    let raw = bytes.span.raw
    guard bytes.count == entryByteCount, raw.load64(0) <= UInt64(table),
      raw.load64(8) <= UInt64(table) - raw.load64(0)
    else { throw .damaged(path: path, byteOffset: offset, what: "the table does not fit the file") }
    return OrderedStretch(
      offset: Int(raw.load64(0)), byteCount: Int(raw.load64(8)), checksum: raw.load64(16))
  }
}

/// Writes a segment; documents come in the order of their parts and keys.
struct OrderedSegmentWriter {
  private let file: OutputFile
  private let mixture: Mixture
  private var table: [UInt8] = []
  private var index = 0
  private var start = 0
  private var checksum = XXH64()

  init(path: String, _ mixture: Mixture) throws(OrderError) {
    file = try OrderError.wrap { () throws(FileError) in try OutputFile(path: path) }
    self.mixture = mixture
  }

  mutating func append(_ header: OrderedHeader, _ body: Span<UInt8>) throws(OrderError) {
    let part = SplitPart.allCases[Int(header.part)]
    let shard = mixture.parts[Int(header.part)].shard(of: header.key)
    let own = OrderedSegment.index(of: shard, part, mixture)
    precondition(own >= index, "documents come in order")
    while index < own { endStretch() }
    let bytes = header.bytes
    checksum.update(bytes.span.raw)
    checksum.update(body.raw)
    do throws(FileError) {
      try file.write(bytes)
      try file.write(body)
    } catch { throw .file(error) }
  }

  mutating func publish() throws(OrderError) -> OutputFile.Published {
    while index < OrderedSegment.stretchCount(mixture) { endStretch() }
    let (file, table) = (file, table)
    return try OrderError.wrap { () throws(FileError) in
      try file.write(table)
      return try file.publish()
    }
  }

  private mutating func endStretch() {
    table.append(littleEndian: UInt64(start))
    table.append(littleEndian: UInt64(file.byteCount - start))
    table.append(littleEndian: checksum.digest())
    start = file.byteCount
    checksum = XXH64()
    index += 1
  }
}
