internal import ByteKernels

/// A shard's bytes as they are stored, read in order; those not yet given up are held.
struct StoredBytes: ~Copyable {
  private var file: InputFile?
  private var feed: (any StreamFeed)?
  private var buffer = ByteBuffer()
  private var hash = XXH64()
  /// Where the first held byte stands in the file.
  private(set) var start = 0
  /// Bytes read so far.
  private(set) var readByteCount = 0

  /// Begins with nothing to read.
  init() {}

  /// Reads what the feed gives, or without one the file.
  init(path: String, feed: (any StreamFeed)?) throws(FileError) {
    self.feed = feed
    if feed == nil { file = try InputFile(path: path) }
  }

  /// Why a feed has ended early.
  var failure: ShardError? { feed?.failure }

  var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { buffer.bytes }
  }

  /// Where the last held byte ends in the file.
  var end: Int { start + buffer.count }
  /// XXH64, seed 0, of the bytes read so far.
  var checksum: UInt64 { hash.digest() }

  /// Reads on, holding what stands at or behind `offset`; returns how many bytes came.
  mutating func read(limit: Int, keepingFrom offset: Int) throws(FileError) -> Int {
    if offset > start {
      let byteCount = min(offset, end) - start
      buffer.consume(byteCount)
      start += byteCount
    }
    let count = try Self.read(file, feed, into: &buffer, limit: limit)
    Self.add(buffer, last: count, to: &hash)
    readByteCount += count
    return count
  }

  /// Reads into `window` instead, holding nothing.
  mutating func read(into window: inout ByteBuffer, limit: Int) throws(FileError) -> Int {
    let count = try Self.read(file, feed, into: &window, limit: limit)
    Self.add(window, last: count, to: &hash)
    readByteCount += count
    start += count
    return count
  }

  /// Moves what is held to the end of `window`.
  mutating func move(into window: inout ByteBuffer) -> Int {
    let byteCount = buffer.count
    window.append(buffer.bytes)
    buffer.consume(byteCount)
    start += byteCount
    return byteCount
  }

  /// Goes on at another place of the file.
  mutating func seek(to offset: Int) throws(FileError) {
    try file?.seek(to: offset)
    buffer.consume(buffer.count)
    start = offset
  }

  /// Gives up reading, and what is held.
  mutating func close() {
    start += buffer.count
    buffer.consume(buffer.count)
    (file, feed) = (nil, nil)
  }

  private static func read(
    _ file: InputFile?, _ feed: (any StreamFeed)?, into buffer: inout ByteBuffer, limit: Int
  ) throws(FileError) -> Int {
    if let file { return try file.read(into: &buffer, limit: limit) }
    return try feed?.read(into: &buffer, limit: limit) ?? 0
  }

  private static func add(
    _ buffer: borrowing ByteBuffer, last byteCount: Int, to hash: inout XXH64
  ) {
    hash.update(buffer.bytes.extracting((buffer.count - byteCount)...).raw)
  }
}
