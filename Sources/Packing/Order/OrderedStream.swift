internal import ByteKernels

/// A stretch of a file with documents in order.
struct OrderedStretch: Sendable, Equatable {
  var offset: Int
  var byteCount: Int
  /// XXH64 of its bytes.
  var checksum: UInt64
}

/// Reads documents in order from a stretch of a file, in little memory.
///
/// The checksum is compared when the last document has been taken; nothing may be published from a
/// stream before its end was reached.
final class OrderedStream {
  /// Where the bytes come from.
  ///
  /// A path is opened for each read: a merge may have more sources than a process may have open files.
  enum Source {
    case spill(SpillFile)
    case file(String)
  }

  /// The document that comes next; nil at the end.
  private(set) var head: OrderedHeader?

  private let source: Source
  private let stretch: OrderedStretch
  private let tokenByteCount: Int
  private let bufferByteCount: Int
  private var position: Int
  private var buffer: [UInt8] = []
  private var place = 0
  private var running = XXH64()

  /// Reads the first header.
  init(
    _ source: Source, _ stretch: OrderedStretch, tokenByteCount: Int, bufferByteCount: Int
  ) throws(OrderError) {
    self.source = source
    self.stretch = stretch
    self.tokenByteCount = tokenByteCount
    self.bufferByteCount = bufferByteCount
    position = stretch.offset
    try advance()
  }

  /// The bytes of the document at the head, header excluded; the next one comes to the head.
  func takeBody() throws(OrderError) -> [UInt8] {
    guard let head else { return [] }
    let body = try take(head.bodyByteCount(tokenByteCount: tokenByteCount))
    try advance()
    return body
  }

  private func advance() throws(OrderError) {
    let end = stretch.offset + stretch.byteCount
    guard position - (buffer.count - place) < end else {
      head = nil
      buffer = []
      guard running.digest() == stretch.checksum else {
        throw damage("the checksum of what begins here is wrong")
      }
      return
    }
    let bytes = try take(OrderedHeader.byteCount)
    head = OrderedHeader(bytes.span.raw)
  }

  private func take(_ count: Int) throws(OrderError) -> [UInt8] {
    let have = min(count, buffer.count - place)
    var bytes = Array(buffer[place..<(place + have)])
    place += have
    if have == count { return bytes }
    let end = stretch.offset + stretch.byteCount
    guard count - have <= end - position else { throw damage("a document goes on behind the end") }
    if count - have >= bufferByteCount {
      bytes += try read(count - have)
      return bytes
    }
    buffer = try read(min(bufferByteCount, end - position))
    place = count - have
    bytes += buffer[..<place]
    return bytes
  }

  private func read(_ count: Int) throws(OrderError) -> [UInt8] {
    let (source, position) = (source, position)
    let bytes = try OrderError.wrap { () throws(FileError) -> [UInt8] in
      switch source {
      case .spill(let file): try file.read(at: position, count: count)
      case .file(let path): try RandomAccessFile(path: path).read(at: position, count: count)
      }
    }
    guard bytes.count == count else { throw damage("ends too early") }
    running.update(bytes.span.raw)
    self.position += count
    return bytes
  }

  /// The error of bytes that are not what was written.
  func damage(_ what: String) -> OrderError {
    let path =
      switch source {
      case .spill(let file): file.path
      case .file(let path): path
      }
    return .damaged(path: path, byteOffset: stretch.offset, what: what)
  }
}
