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
  private let isSlice: Bool
  /// The format of the file that the slice is a part of.
  private let sliceFormat: ShardFormat?
  /// Bytes of a slice that belong to the last line of the one before.
  private var passedByteCount = 0
  private var isAtEnd = false
  private var hasDelivered = false

  /// The path `-` is standard input.
  ///
  /// `name` is the source of documents that name none, and with the place the id of those that have
  /// none; nil is the base name. `slice` is a part of the stored bytes as `ShardCuts` makes them, nil
  /// the whole file: all slices of a file, in order, give the events that the whole file gives.
  package init(
    path: String, name: String? = nil, slice: Range<Int>? = nil,
    settings: ReadSettings = ReadSettings()
  ) {
    self.settings = settings
    isSlice = slice != nil
    if let slice {
      let format = ShardFormat(path: path, settings: settings)
      stream = ShardStream(
        path: path, settings: settings, slice: slice, stopsAtSliceEnd: format == .warc)
      sliceFormat = format
    } else {
      stream = ShardStream(path: path, settings: settings)
      sliceFormat = nil
    }
    let baseName = path.split(separator: "/").last.map(String.init) ?? path
    self.baseName = name ?? (path == "-" ? "standard-input" : baseName)
  }

  /// Bytes of the file read so far.
  package var compressedByteCount: Int { stream.compressedByteCount }
  /// Bytes of the decompressed stream met so far; at the end, the sum over all events.
  package var streamByteCount: Int {
    isSlice ? stream.byteOffset - passedByteCount : stream.decodedByteCount
  }
  /// XXH64, seed 0, of the file's bytes read so far.
  package var checksum: UInt64 { stream.checksum }

  /// The next event; nil at the end.
  package func next() -> ReadEvent? {
    if isAtEnd { return nil }
    let event = source == nil ? begin() : nextOfSource()
    isAtEnd = event == nil
    if event == nil, !hasDelivered, stream.decodedByteCount == 0 {
      hasDelivered = true
      return .skipped(kind: "empty-file", byteCount: 0)
    }
    hasDelivered = true
    return event
  }

  private func begin() -> ReadEvent? {
    if let sliceFormat {
      if stream.beginsInsideFile, sliceFormat != .warc { passedByteCount = stream.passFirstLine() }
      return begin(sliceFormat)
    }
    if let format = ShardFormat(&stream) { return begin(format) }
    return passInterruption()
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
    return nextOfSource()
  }

  private func nextOfSource() -> ReadEvent? {
    stream.isPastSlice ? nil : source?.next(&stream)
  }
}
