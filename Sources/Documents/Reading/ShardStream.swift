internal import ByteKernels

/// The decompressed bytes of one shard, in order, with the places where it is damaged.
///
/// A unit (gzip member, zstd frame) of up to `heldByteLimit` decoded bytes is shown only once its
/// checksum has been verified, so a damaged one is lost whole and what follows it is not: the
/// search for the next unit begins right after the damaged one's first byte. Of a longer unit, all
/// that was decoded before the damage was noticed is shown.
struct ShardStream: ~Copyable {
  /// Why no more bytes come.
  enum Interruption {
    case ended
    /// `lostByteCount` decoded bytes were thrown away; more may follow.
    case damaged(ShardError, lostByteCount: Int)
  }

  private struct Unit {
    let start: Int
    var isShown = false
  }

  static let heldByteLimit = 1 << 20
  private static let decodeByteCount = 1 << 17
  /// How far back in the file a search for the next unit can go.
  private static let lookBackOfHeldUnit = 4 << 20
  private static let lookBackOfShownUnit = 1 << 16

  let path: String
  private let settings: ReadSettings
  private var file: InputFile?
  private var codec: ShardCodec?
  private var packed = ByteBuffer()
  private var packedOffset = 0
  private var cursor = 0
  private var unit: Unit?
  private var isRecovering = false
  private var window = ByteBuffer(capacity: 1 << 18)
  private var heldByteCount = 0
  private var hash = XXH64()

  /// Set when `fill` came to a damaged place or to the end.
  private(set) var interruption: Interruption?
  /// Bytes read from the file so far.
  private(set) var compressedByteCount = 0
  /// Bytes decompressed so far.
  private(set) var decodedByteCount = 0
  /// The offset of the first available byte in the decompressed stream.
  private(set) var byteOffset = 0

  init(path: String, settings: ReadSettings) {
    self.path = path
    self.settings = settings
    do {
      file = try InputFile(path: path)
    } catch {
      fail(error, isOpening: true)
    }
  }

  /// XXH64, seed 0, of the bytes read from the file so far.
  var checksum: UInt64 { hash.digest() }

  var availableByteCount: Int { window.count - heldByteCount }

  /// What was decompressed and not yet consumed.
  var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      window.bytes.extracting(0..<availableByteCount)
    }
  }

  /// Makes more bytes available; false when an interruption comes first.
  mutating func fill() -> Bool {
    let before = availableByteCount
    while interruption == nil, availableByteCount == before { advance() }
    return availableByteCount > before
  }

  /// Makes at least `byteCount` bytes available; false when an interruption comes first.
  mutating func fill(toAtLeast byteCount: Int) -> Bool {
    while availableByteCount < byteCount {
      if !fill() { return false }
    }
    return true
  }

  /// Gives up the first `byteCount` available bytes.
  mutating func consume(_ byteCount: Int) {
    precondition(byteCount <= availableByteCount, "only available bytes can be consumed")
    window.consume(byteCount)
    byteOffset += byteCount
  }

  /// Gives up all that is available, and returns what stopped the stream there.
  ///
  /// After a damaged place, `fill` goes on behind it.
  mutating func passInterruption() -> (interruption: Interruption, pendingByteCount: Int) {
    let pendingByteCount = availableByteCount
    consume(pendingByteCount)
    guard let passed = interruption else { return (.ended, pendingByteCount) }
    if case .damaged(_, let lostByteCount) = passed {
      byteOffset += lostByteCount
      interruption = nil
    }
    return (passed, pendingByteCount)
  }

  /// Gives up reading; returns how many decompressed bytes nobody has seen.
  mutating func abandon() -> Int {
    let rest = decodedByteCount - byteOffset
    window.consume(window.count)
    (heldByteCount, byteOffset, interruption, file) = (0, decodedByteCount, .ended, nil)
    return rest
  }
}

extension ShardStream {
  private mutating func advance() {
    guard let codec else {
      recognize()
      return
    }
    if case .plain = codec {
      readPlain()
    } else if unit == nil {
      startUnit(codec)
    } else {
      decode(codec)
    }
  }

  private mutating func recognize() {
    while packed.count < ShardCodec.headByteCount, readPacked() {}
    if interruption != nil { return }
    if let name = ShardCodec.unsupportedName(head: packed.bytes) {
      let message = "the file is compressed with \(name); repack it with zstd or gzip"
      stop(.unsupportedCompression, at: 0, message)
      return
    }
    let codec = ShardCodec(head: packed.bytes, path: path, settings: settings)
    self.codec = codec
    if case .plain = codec {
      Self.copy(packed, into: &window)
      decodedByteCount += packed.count
      packed.consume(packed.count)
    }
  }

  private mutating func readPlain() {
    guard let file else {
      interruption = .ended
      return
    }
    do {
      let count = try file.read(into: &window, limit: settings.readByteCount)
      if count == 0 { interruption = .ended }
      Self.add(window, last: count, to: &hash)
      compressedByteCount += count
      decodedByteCount += count
    } catch {
      fail(error, isOpening: false)
    }
  }

  /// Reads on in a compressed file, forgetting what no search will go back to; false at the end.
  private mutating func readPacked() -> Bool {
    guard let file else { return false }
    var keepFrom = cursor
    if let unit {
      let lookBack = unit.isShown ? Self.lookBackOfShownUnit : Self.lookBackOfHeldUnit
      keepFrom = max(unit.start, cursor - lookBack)
    }
    if keepFrom > packedOffset {
      packed.consume(keepFrom - packedOffset)
      packedOffset = keepFrom
    }
    do {
      let count = try file.read(into: &packed, limit: settings.readByteCount)
      Self.add(packed, last: count, to: &hash)
      compressedByteCount += count
      return count > 0
    } catch {
      fail(error, isOpening: false)
      return false
    }
  }

  private var packedEnd: Int { packedOffset + packed.count }

  private mutating func startUnit(_ codec: ShardCodec) {
    while packedEnd - cursor < 4, readPacked() {}
    if interruption != nil { return }
    if cursor == 0, case .zstd(let decoder) = codec { loadDictionary(decoder) }
    if packedEnd == cursor {
      interruption = .ended
    } else if codec.beginsUnit(packed.bytes, at: cursor - packedOffset) {
      unit = Unit(start: cursor)
    } else {
      let start = cursor
      let isFound = seekUnit(codec, from: start + 1)
      let message =
        isFound
        ? "\(cursor - start) bytes that are no \(codec.unitName); reading goes on at byte \(cursor)"
        : "\(cursor - start) bytes follow the last \(codec.unitName); cut the file there"
      damage(isFound ? .corrupt : .trailingJunk, at: start, message, lostByteCount: 0)
    }
  }

  /// Takes the dictionary of a file that begins with one; the decoder passes over its frame.
  private mutating func loadDictionary(_ decoder: ZstdDecoder) {
    while packed.count < ZstdDictionary.headByteCount, readPacked() {}
    guard let byteCount = ZstdDictionary.frameByteCount(head: packed.bytes) else { return }
    while packed.count < byteCount, readPacked() {}
    guard packed.count >= byteCount else { return }
    _ = ZstdDictionary.load(packed.bytes.extracting(0..<byteCount), into: decoder)
  }

  private mutating func decode(_ codec: ShardCodec) {
    let before = window.count
    let step = Self.decode(codec, packed, from: cursor - packedOffset, into: &window)
    let written = window.count - before
    cursor += step.consumedByteCount
    decodedByteCount += written
    if unit?.isShown == false {
      heldByteCount += written
      if heldByteCount > Self.heldByteLimit {
        unit?.isShown = true
        show()
      }
    }
    switch step.outcome {
    case .needsSpace: break
    case .needsInput: if !readPacked(), interruption == nil { endInsideUnit(codec) }
    case .finishedUnit:
      unit = nil
      show()
    case .failed(let failure): abandonUnit(codec, failure)
    }
  }

  private static func decode(
    _ codec: ShardCodec, _ packed: borrowing ByteBuffer, from offset: Int,
    into window: inout ByteBuffer
  ) -> DecoderStep {
    codec.decode(packed.bytes.extracting(offset...), into: &window, limit: decodeByteCount)
  }

  private static func copy(_ packed: borrowing ByteBuffer, into window: inout ByteBuffer) {
    window.append(packed.bytes)
  }

  private static func add(
    _ buffer: borrowing ByteBuffer, last byteCount: Int, to hash: inout XXH64
  ) {
    hash.update(buffer.bytes.extracting((buffer.count - byteCount)...).raw)
  }

  private mutating func show() {
    heldByteCount = 0
    isRecovering = false
  }

  private mutating func endInsideUnit(_ codec: ShardCodec) {
    let start = unit?.start ?? cursor
    unit = nil
    show()
    codec.reset()
    let message =
      "the file ends inside the \(codec.unitName) that begins at byte \(start); "
      + "fetch or write it again"
    damage(.truncated, at: cursor, message, lostByteCount: 0)
  }

  /// Throws the unit's held bytes away and looks for the next unit.
  private mutating func abandonUnit(_ codec: ShardCodec, _ failure: DecoderFailure) {
    let (start, noticed, lostByteCount) = (unit?.start ?? cursor, cursor, heldByteCount)
    window.removeLast(lostByteCount)
    heldByteCount = 0
    unit = nil
    let isFound = seekUnit(codec, from: max(start + 1, packedOffset))
    if isRecovering {
      // A place that only looked like a unit: its bytes were never part of the stream.
      decodedByteCount -= lostByteCount
      return
    }
    let rest = isFound ? "reading goes on at byte \(cursor)" : "nothing readable follows"
    let place = "the \(codec.unitName) that begins at byte \(start)"
    switch failure {
    case .corrupt(let what):
      damage(.corrupt, at: noticed, "\(what) in \(place); \(rest)", lostByteCount: lostByteCount)
    case .windowTooLarge:
      let message =
        "\(place) needs a window above 2^\(settings.maximumWindowLog) bytes; "
        + "raise maximum-window-log (31 accepts all, at up to 2 GiB a reader); \(rest)"
      damage(.windowTooLarge, at: start, message, lostByteCount: lostByteCount)
    case .dictionaryMissing:
      let message = "\(place) needs a dictionary that the file does not hold; \(rest)"
      damage(.dictionaryMissing, at: start, message, lostByteCount: lostByteCount)
    }
  }

  /// Moves to the next place that looks like a unit; false, and to the end, when there is none.
  private mutating func seekUnit(_ codec: ShardCodec, from start: Int) -> Bool {
    cursor = start
    while true {
      if cursor <= packedEnd,
        let found = codec.firstUnit(packed.bytes, from: cursor - packedOffset)
      {
        cursor = packedOffset + found
        return true
      }
      cursor = max(cursor, packedEnd - ShardCodec.unitHeadByteCount + 1)
      if !readPacked() {
        cursor = packedEnd
        return false
      }
    }
  }

  private mutating func damage(
    _ code: ShardError.Code, at offset: Int, _ message: String, lostByteCount: Int
  ) {
    let error = ShardError(kind: code, path: path, byteOffset: offset, message: message)
    isRecovering = true
    interruption = .damaged(error, lostByteCount: lostByteCount)
  }

  private mutating func stop(_ code: ShardError.Code, at offset: Int, _ message: String) {
    damage(code, at: offset, message, lostByteCount: 0)
    file = nil
    codec = .plain
    packed.consume(packed.count)
  }

  private mutating func fail(_ error: FileError, isOpening: Bool) {
    let code: ShardError.Code =
      error.isDirectory ? .isADirectory : isOpening ? .cannotOpen : .unreadable
    let remedy =
      error.isDirectory
      ? "name the files in it, for instance with a glob" : "check the path and its permissions"
    unit = nil
    show()
    stop(code, at: compressedByteCount, "\(error.reason); \(remedy)")
  }
}
