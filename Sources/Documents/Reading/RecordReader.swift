/// Reads the records of one shard: WARC or JSON lines, gzip, zstd or plain, all told by content.
///
/// Memory is bounded by `maximumRecordByteCount` and the zstd window, not by the file. Nothing is
/// thrown: what cannot be read is an event, and together the events account for every byte of the
/// decompressed stream.
package final class RecordReader {
  private var stream: ShardStream
  private let settings: ReadSettings
  private let baseName: String
  private var source: (any RecordSource)?
  private var isAtEnd = false
  private var hasDelivered = false

  /// The path `-` is standard input.
  ///
  /// `name` is the source of documents that name none, and with the offset the id of those that
  /// have none; nil is the base name.
  package init(path: String, name: String? = nil, settings: ReadSettings = ReadSettings()) {
    self.settings = settings
    stream = ShardStream(path: path, settings: settings)
    let baseName = path.split(separator: "/").last.map(String.init) ?? path
    self.baseName = name ?? (path == "-" ? "standard-input" : baseName)
  }

  /// Bytes of the file read so far.
  package var compressedByteCount: Int { stream.compressedByteCount }
  /// Bytes of the decompressed stream met so far; at the end, the sum over all events.
  package var streamByteCount: Int { stream.decodedByteCount }
  /// XXH64, seed 0, of the file's bytes read so far.
  package var checksum: UInt64 { stream.checksum }

  /// The next event; nil at the end.
  package func next() -> ReadEvent? {
    if isAtEnd { return nil }
    let event = source == nil ? begin() : source?.next(&stream)
    isAtEnd = event == nil
    if event == nil, !hasDelivered, stream.decodedByteCount == 0 {
      hasDelivered = true
      return .skipped(kind: "empty-file", byteCount: 0)
    }
    hasDelivered = true
    return event
  }

  private func begin() -> ReadEvent? {
    while true {
      let isComplete = stream.interruption != nil
      let format = ShardFormat(head: stream.bytes, isComplete: isComplete)
      if isComplete, format?.isKnown != true || stream.availableByteCount == 0 {
        let isDamaged = if case .damaged? = stream.interruption { true } else { false }
        if isDamaged || stream.availableByteCount == 0 { return passInterruption() }
      }
      if let format { return begin(format) }
      _ = stream.fill()
    }
  }

  private func passInterruption() -> ReadEvent? {
    let (interruption, pendingByteCount) = stream.passInterruption()
    guard case .damaged(let error, let lostByteCount) = interruption else { return nil }
    return .damaged(error, lostByteCount: lostByteCount + pendingByteCount)
  }

  private func begin(_ format: ShardFormat) -> ReadEvent? {
    switch format {
    case .jsonLines:
      source = JSONLinesReader(settings: settings, baseName: baseName)
    case .warc:
      source = WARCReader(settings: settings, baseName: baseName)
    case .unknown(let message):
      let error = ShardError(
        kind: .unknownFormat, path: stream.path, byteOffset: 0, message: message)
      return .damaged(error, lostByteCount: stream.abandon())
    }
    return source?.next(&stream)
  }
}
