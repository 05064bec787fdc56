internal import ByteKernels

/// Gives a text in UTF-16 or UTF-32 to a stream as UTF-8, so that its lines can be cut.
///
/// Damage ends the text: behind it nothing tells at which byte a character begins.
final class WideTextFeed: StreamFeed {
  private var stream: ShardStream?
  private var transcoder: WideTranscoder
  private let markByteCount: Int
  private(set) var failure: ShardError?
  /// Bytes at and behind the damage that no text was made of.
  private(set) var lostByteCount = 0

  init(_ mark: (encoding: WideTranscoder.Encoding, byteCount: Int)) {
    transcoder = WideTranscoder(mark.encoding)
    markByteCount = mark.byteCount
  }

  /// Takes the stream that begins with the mark.
  func begin(_ stream: consuming ShardStream) {
    stream.consume(markByteCount)
    self.stream = consume stream
  }

  var charset: String { transcoder.encoding.rawValue }
  var replacementCount: Int { transcoder.replacementCount }
  var compressedByteCount: Int { stream?.compressedByteCount ?? 0 }
  var checksum: UInt64 { stream?.checksum ?? 0 }

  func read(into buffer: inout ByteBuffer, limit: Int) throws(FileError) -> Int {
    let before = buffer.count
    while buffer.count == before {
      let passed = stream?.transcode(transcoder, into: &buffer, limit: limit)
      guard let passed else { return 0 }
      transcoder = passed.transcoder
      if let error = passed.failure {
        lostByteCount = stream?.passRest() ?? 0
        failure = ending(error)
        throw FileError.ofFeed(error.path)
      }
      if passed.isAtEnd { break }
    }
    return buffer.count - before
  }

  /// The same error, without the promise of a stream that goes on.
  private func ending(_ error: ShardError) -> ShardError {
    guard let promise = error.message.firstRange(of: "; reading goes on at byte ") else {
      return error
    }
    let cause = error.message[..<promise.lowerBound]
    return ShardError(
      kind: error.kind, path: error.path, byteOffset: error.byteOffset,
      message: "\(cause); \(lostByteCount) bytes of the text are lost, up to its end, because in "
        + "\(charset) nothing tells where its next character begins; fetch or write it again")
  }
}

extension ShardStream {
  /// Gives up what is left, behind damage too; returns how many bytes that is.
  fileprivate mutating func passRest() -> Int {
    let start = byteOffset
    while case .damaged = passInterruption().interruption {
      while fill() { consume(availableByteCount) }
    }
    return byteOffset - start
  }

  /// Gives up about `limit` bytes to `buffer` as UTF-8, more than none unless the stream is at its end.
  fileprivate mutating func transcode(
    _ transcoder: WideTranscoder, into buffer: inout ByteBuffer, limit: Int
  ) -> (transcoder: WideTranscoder, isAtEnd: Bool, failure: ShardError?) {
    var transcoder = transcoder
    var byteCount = min(max(limit, 4), availableByteCount)
    var passed = transcoder.transcode(
      bytes.extracting(0..<byteCount), isLast: false, into: &buffer)
    if passed == 0, !fill(toAtLeast: availableByteCount + 1) {
      if case .damaged(let error, _)? = interruption { return (transcoder, true, error) }
      byteCount = availableByteCount
      passed = transcoder.transcode(bytes.extracting(0..<byteCount), isLast: true, into: &buffer)
      consume(passed)
      return (transcoder, true, nil)
    }
    consume(passed)
    return (transcoder, false, nil)
  }
}
