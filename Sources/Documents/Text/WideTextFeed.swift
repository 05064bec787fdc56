internal import ByteKernels

/// Gives a text in UTF-16 or UTF-32 to a stream as UTF-8, so that its lines can be cut.
final class WideTextFeed: StreamFeed {
  private var stream: ShardStream?
  private var transcoder: WideTranscoder
  private let markByteCount: Int
  private(set) var failure: ShardError?

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
        failure = error
        throw FileError.ofFeed(error.path)
      }
      if passed.isAtEnd { break }
    }
    return buffer.count - before
  }
}

extension ShardStream {
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
