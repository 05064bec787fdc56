package import ByteKernels

/// Reads the records of one shard, whatever its compression and format; see `FormatRecognition`.
///
/// Memory is bounded by `maximumRecordByteCount` and the zstd window, not by the file. Nothing is
/// thrown: what cannot be read is an event, and together the events account for every byte of the
/// decompressed stream. Lines, rows and pieces in UTF-16 or UTF-32 with a byte order mark are made
/// UTF-8 before they are cut; then the bytes are those of the UTF-8.
package final class RecordReader {
  /// The kind of entry that a file without a byte counts as.
  package static let emptyFileKind = "empty-file"

  private var stream: ShardStream
  private let settings: ReadSettings
  private let baseName: String
  private var source: (any RecordSource)?
  /// Set when the shard is a text in UTF-16 or UTF-32, which the stream gives as UTF-8.
  private var wideText: WideTextFeed?
  private let isSlice: Bool
  /// True for a file in an archive, where unknown formats are common.
  private let isMember: Bool
  /// What reads the file that the slice is a part of.
  private let sliceReader: (any RecordSource.Type)?
  /// Bytes of a slice that belong to the last line of the one before.
  private var passedByteCount = 0
  /// Bytes lost before anything told the format.
  private var precedingByteCount = 0
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
    isMember = false
    if let slice {
      let reader = FormatRecognition.reader(of: path, settings)
      stream = ShardStream(
        path: path, settings: settings, slice: slice,
        stopsAtSliceEnd: reader?.cutRule(settings) == .units)
      sliceReader = reader
    } else {
      stream = ShardStream(path: path, settings: settings)
      sliceReader = nil
    }
    let baseName = path.split(separator: "/").last.map(String.init) ?? path
    self.baseName = name ?? (path == "-" ? "standard-input" : baseName)
  }

  /// Reads a file in an archive.
  init(member: MemberFeed, path: String, name: String, settings: ReadSettings) {
    self.settings = settings
    stream = ShardStream(path: path, settings: settings, feed: member)
    (isSlice, isMember, sliceReader, baseName) = (false, true, nil, name)
  }

  /// True when the stream is the stored bytes as they are.
  var isPlain: Bool {
    wideText == nil && (stream.unitName == nil || stream.unitName == "file")
  }

  /// True when a file's name says that it is compressed, so that it cannot be empty.
  package static func promisesCompression(path: String) -> Bool {
    ShardCodec.promisesCompression(path: path)
  }

  /// Bytes of the file read so far.
  package var compressedByteCount: Int {
    wideText?.compressedByteCount
      ?? max(stream.compressedByteCount, source?.accountedByteCount ?? 0)
  }
  /// Bytes of the decompressed stream met so far; at the end, the sum over all events.
  package var streamByteCount: Int {
    if let byteCount = source?.accountedByteCount { return precedingByteCount + byteCount }
    let lostByteCount = wideText?.lostByteCount ?? 0
    return isSlice
      ? stream.byteOffset - passedByteCount : stream.decodedByteCount + lostByteCount
  }
  /// XXH64, seed 0, of the file's bytes read so far; of Parquet, which is not read in order, of its
  /// beginning alone.
  package var checksum: UInt64 { wideText?.checksum ?? stream.checksum }
  /// How often U+FFFD stands for what was malformed when the stream was made UTF-8 of UTF-16 or UTF-32.
  package var replacementCount: Int { wideText?.replacementCount ?? 0 }

  /// The next event; nil at the end.
  package func next() -> ReadEvent? {
    if isAtEnd { return nil }
    let event = source == nil ? begin() : nextOfSource()
    isAtEnd = event == nil
    if event == nil, !hasDelivered, stream.decodedByteCount == 0 {
      hasDelivered = true
      return .skipped(kind: Self.emptyFileKind, byteCount: 0)
    }
    hasDelivered = true
    return event
  }

  /// Appends the next documents to `json`, each the line that `DocumentWriter` writes for it, while
  /// that takes no unpacking: up to the first end of a document `byteCount` bytes or more behind.
  ///
  /// It may stop before, or do nothing; `next` then says what comes. Text is not decoded anew: a
  /// line whose bytes are not UTF-8 is left to `next`.
  package func respell(into json: inout ByteBuffer, byteCount: Int) -> RespelledDocuments {
    guard !isAtEnd, wideText == nil,
      let documents = source?.respell(&stream, into: &json, byteCount: byteCount)
    else { return RespelledDocuments() }
    return documents
  }

  private func begin() -> ReadEvent? {
    if let sliceReader {
      let cutsLines = sliceReader.cutRule(settings) == .lines
      if stream.beginsInsideFile, cutsLines { passedByteCount = stream.passFirstLine() }
      return begin(sliceReader)
    }
    if let reader = settings.format.reader { return begin(reader) }
    // Behind what was refused, a name would tell the same again of nothing.
    if hasDelivered, !stream.fill(toAtLeast: 1) { return passInterruption() }
    switch FormatRecognition(&stream) {
    case .reader(let reader)
    where reader == TarReader.self && settings.archiveDepth > TarReader.maximumDepth:
      return refuseArchive()
    case .reader(let reader): return begin(reader)
    case .unknown where isMember: return beginUnknown()
    case .unknown(let message):
      let error = ShardError(
        kind: .unknownFormat, path: stream.path, byteOffset: 0, message: message)
      return .damaged(error, lostByteCount: stream.abandon())
    case nil: return passInterruption()
    }
  }

  /// A file in an archive whose format nothing tells is text, unless it is binary.
  private func beginUnknown() -> ReadEvent? {
    guard FormatRecognition.isBinary(stream.bytes) else { return begin(TextReader.self) }
    return .skipped(kind: "tar-binary", byteCount: passAll())
  }

  /// An archive that too many others are around, whatever it is called.
  private func refuseArchive() -> ReadEvent {
    let place = stream.place
    return .malformed(
      Malformed(
        kind: .unsupportedTarMember, place: place, byteCount: passAll(),
        message:
          "an archive inside more than \(TarReader.maximumDepth) others; unpack the outer ones"))
  }

  private func passAll() -> Int {
    let start = stream.byteOffset
    repeat { stream.consume(stream.availableByteCount) } while stream.fill()
    return stream.byteOffset - start
  }

  private func begin(_ reader: any RecordSource.Type) -> ReadEvent? {
    if !isSlice, reader.cutsText(settings) { transcode() }
    source = reader.init(settings: settings, baseName: baseName)
    return nextOfSource()
  }

  private func nextOfSource() -> ReadEvent? {
    let event = stream.isPastSlice ? nil : source?.next(&stream)
    guard let wideText else { return event }
    switch event {
    case .record(var record):
      record.transcodedFrom = wideText.charset
      return .record(record)
    case .damaged(let error, let lostByteCount) where error == wideText.failure:
      return .damaged(error, lostByteCount: lostByteCount + wideText.lostByteCount)
    default: return event
    }
  }

  /// From here on a stream that begins with the mark of UTF-16 or UTF-32 is UTF-8.
  private func transcode() {
    _ = stream.fill(toAtLeast: 4)
    guard let mark = WideTranscoder.mark(of: stream.bytes) else { return }
    let feed = WideTextFeed(mark)
    var text = ShardStream(path: stream.path, settings: settings, feed: feed, isPlain: true)
    swap(&text, &stream)
    feed.begin(text)
    wideText = feed
  }

  private func passInterruption() -> ReadEvent? {
    let (interruption, pendingByteCount) = stream.passInterruption()
    guard case .damaged(let error, let lostByteCount) = interruption else { return nil }
    precedingByteCount += lostByteCount + pendingByteCount
    return .damaged(error, lostByteCount: lostByteCount + pendingByteCount)
  }
}
