internal import ByteKernels

/// The decompressed bytes of one shard, in order, with the places where it is damaged.
///
/// A unit (gzip member, zstd frame, ...) of up to `heldByteLimit` decoded bytes is shown only once its
/// checksum has been verified, so a damaged one is lost whole and what follows it is not: the
/// search for the next unit begins right after the damaged one's first byte. Of a longer unit, all
/// that was decoded before the damage was noticed is shown.
///
/// Of a slice of the file, the stream begins with the unit at the slice's start, and `sliceEnd` is
/// where the first unit at or behind the slice's end begins. A plain file's units are its bytes.
struct ShardStream: ~Copyable {
  /// Why no more bytes come.
  enum Interruption {
    case ended
    /// `lostByteCount` decoded bytes were thrown away; more may follow.
    case damaged(ShardError, lostByteCount: Int)
  }

  struct Unit {
    let start: Int
    var isShown = false
    var decodedByteCount = 0
  }

  /// A place in the stream, to count from.
  struct Mark {
    let byteOffset: Int
    let place: RecordPlace
  }

  static let heldByteLimit = 1 << 20
  static let whole = 0..<Int.max
  private static let decodeByteCount = 1 << 17
  /// How far back in the file a search for the next unit can go.
  private static let lookBackOfHeldUnit = 4 << 20
  private static let lookBackOfShownUnit = 1 << 16

  let path: String
  let slice: Range<Int>
  let stopsAtSliceEnd: Bool
  private let settings: ReadSettings
  var stored = StoredBytes()
  var codec: ShardCodec?
  var cursor = 0
  var unit: Unit?
  private var unitStarts = UnitStarts()
  var isRecovering: Bool
  var isBehindSlice = false
  private var window = ByteBuffer(capacity: 1 << 18)
  private var heldByteCount = 0

  /// Where the slice ends in the decompressed stream, once that is known.
  var sliceEnd: Int?

  /// Set when `fill` came to a damaged place or to the end.
  var interruption: Interruption?
  /// Bytes decompressed so far.
  private(set) var decodedByteCount = 0
  /// The offset of the first available byte in the decompressed stream.
  private(set) var byteOffset = 0

  /// A slice begins where a unit does; with `searching`, at the first unit in it that decodes.
  ///
  /// With `stopsAtSliceEnd` the stream ends with the slice; without, it goes on for an entry that
  /// reaches over the end. What a feed gives instead of a file may be known to be plain.
  init(
    path: String, settings: ReadSettings, slice: Range<Int> = ShardStream.whole,
    stopsAtSliceEnd: Bool = false, searching: Bool = false, feed: (any StreamFeed)? = nil,
    isPlain: Bool = false
  ) {
    self.path = path
    self.settings = settings
    self.slice = slice
    self.stopsAtSliceEnd = stopsAtSliceEnd
    isRecovering = searching
    codec = isPlain ? .plain : nil
    do {
      stored = try StoredBytes(path: path, feed: feed)
    } catch {
      fail(error, isOpening: true)
    }
  }

  /// Bytes read from the file so far.
  var compressedByteCount: Int { stored.readByteCount }
  /// XXH64, seed 0, of the bytes read from the file so far.
  var checksum: UInt64 { stored.checksum }

  /// The place of the first available byte.
  var place: RecordPlace {
    unitStarts.place(of: byteOffset)
      ?? RecordPlace(byteOffset: slice.lowerBound + byteOffset)
  }

  var mark: Mark { Mark(byteOffset: byteOffset, place: place) }

  /// What its units are called; nil before the first byte has been read.
  var unitName: String? { codec?.unitName }

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
    move(by: byteCount)
  }

  private mutating func move(by byteCount: Int) {
    byteOffset += byteCount
    unitStarts.forget(before: byteOffset)
  }

  /// Gives up all that is available, and returns what stopped the stream there.
  ///
  /// After a damaged place, `fill` goes on behind it.
  mutating func passInterruption() -> (interruption: Interruption, pendingByteCount: Int) {
    let pendingByteCount = availableByteCount
    consume(pendingByteCount)
    guard let passed = interruption else { return (.ended, pendingByteCount) }
    guard case .damaged(let error, let lostByteCount) = passed else {
      return (.ended, pendingByteCount)
    }
    if isBehindSlice {
      // The next slice counts it; here it matters to an entry that reaches so far.
      interruption = .ended
      return (pendingByteCount > 0 ? .damaged(error, lostByteCount: 0) : .ended, pendingByteCount)
    }
    move(by: lostByteCount)
    interruption = nil
    return (passed, pendingByteCount)
  }

  /// Gives up reading; returns how many decompressed bytes nobody has seen.
  mutating func abandon() -> Int {
    let rest = decodedByteCount - byteOffset
    window.consume(window.count)
    (heldByteCount, byteOffset, interruption) = (0, decodedByteCount, .ended)
    stored.close()
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
    while stored.end < ShardCodec.headByteCount, readStored() {}
    if interruption != nil { return }
    if let name = ShardCodec.unsupportedName(head: stored.bytes) {
      let message =
        "the file is compressed with \(name), which is not read; repack it with zstd or gzip"
      stop(.unsupportedCompression, at: 0, message)
      return
    }
    let codec = ShardCodec(head: stored.bytes, path: path, settings: settings)
    self.codec = codec
    if case .zstd(let decoder) = codec { loadDictionary(decoder) }
    if slice != Self.whole { seek(to: slice.lowerBound) }
    guard case .plain = codec else { return }
    sliceEnd = slice.upperBound - slice.lowerBound
    decodedByteCount += stored.move(into: &window)
  }

  private mutating func seek(to offset: Int) {
    do {
      try stored.seek(to: offset)
      cursor = offset
    } catch {
      fail(error, isOpening: false)
    }
  }

  private mutating func readPlain() {
    var limit = settings.readByteCount
    if stopsAtSliceEnd, let sliceEnd { limit = min(limit, sliceEnd - decodedByteCount) }
    do {
      let count = limit > 0 ? try stored.read(into: &window, limit: limit) : 0
      if count == 0 { interruption = .ended }
      decodedByteCount += count
    } catch {
      fail(error, isOpening: false)
    }
  }

  /// Reads on in a compressed file, forgetting what no search will go back to; false at the end.
  private mutating func readStored() -> Bool {
    var keepFrom = cursor
    if let unit {
      let lookBack = unit.isShown ? Self.lookBackOfShownUnit : Self.lookBackOfHeldUnit
      keepFrom = max(unit.start, cursor - lookBack)
    }
    do {
      return try stored.read(limit: settings.readByteCount, keepingFrom: keepFrom) > 0
    } catch {
      fail(error, isOpening: false)
      return false
    }
  }

  private mutating func startUnit(_ codec: ShardCodec) {
    if cursor >= slice.upperBound, endSlice(codec) { return }
    while stored.end - cursor < ShardCodec.magicByteCount, readStored() {}
    if interruption != nil { return }
    if stored.end == cursor {
      interruption = .ended
    } else if codec.beginsUnit(stored.bytes, at: cursor - stored.start) {
      unit = Unit(start: cursor)
      unitStarts.append(decodedOffset: decodedByteCount, offset: cursor)
    } else if cursor > 0, !isRecovering,
      let other = ShardCodec(changingAt: cursor - stored.start, stored.bytes, settings)
    {
      self.codec = other
    } else if cursor > 0, stored.bytes[cursor - stored.start] == 0 {
      passZeros(codec)
    } else {
      passJunk(codec, from: cursor, seekingFrom: cursor + (isRecovering ? 0 : 1))
    }
  }

  /// Passes over zeros behind a unit: to the end they are padding (tape blocks), before another
  /// unit they may be, and everything else is no unit.
  private mutating func passZeros(_ codec: ShardCodec) {
    let start = cursor
    repeat {
      while cursor < stored.end, stored.bytes[cursor - stored.start] == 0 { cursor += 1 }
    } while cursor == stored.end && readStored()
    while stored.end - cursor < ShardCodec.magicByteCount, readStored() {}
    if interruption != nil || cursor == stored.end { return }
    let isPadding =
      codec.allowsPadding(byteCount: cursor - start)
      && codec.beginsUnit(stored.bytes, at: cursor - stored.start)
    if !isPadding { passJunk(codec, from: start, seekingFrom: cursor) }
  }

  /// The bytes from `start` on begin no unit: goes on with the next one.
  private mutating func passJunk(_ codec: ShardCodec, from start: Int, seekingFrom: Int) {
    let isFound = seekUnit(codec, from: seekingFrom)
    if isRecovering {
      if !isFound { interruption = .ended }
      return
    }
    let message =
      isFound
      ? "\(cursor - start) bytes that are no \(codec.unitName); reading goes on at byte \(cursor)"
      : "\(cursor - start) bytes follow the last \(codec.unitName); cut the file there"
    damage(isFound ? .corrupt : .trailingJunk, at: start, message, lostByteCount: 0)
  }

  /// Takes the dictionary of a file that begins with one; the decoder passes over its frame.
  private mutating func loadDictionary(_ decoder: ZstdDecoder) {
    guard let byteCount = ZstdDictionary.frameByteCount(head: stored.bytes) else { return }
    while stored.end < byteCount, readStored() {}
    guard stored.end >= byteCount else { return }
    _ = ZstdDictionary.load(stored.bytes.extracting(0..<byteCount), into: decoder)
  }

  private mutating func decode(_ codec: ShardCodec) {
    let before = window.count
    // The expansion is looked at each time so many bytes are full, wherever the reads were cut.
    let interval = settings.freeExpansionByteCount
    let limit = min(Self.decodeByteCount, interval - (unit?.decodedByteCount ?? 0) % interval)
    let step = Self.decode(codec, stored, from: cursor - stored.start, into: &window, limit: limit)
    let written = window.count - before
    cursor += step.consumedByteCount
    decodedByteCount += written
    unit?.decodedByteCount += written
    if unit?.isShown == false {
      heldByteCount += written
      if heldByteCount > Self.heldByteLimit {
        unit?.isShown = true
        show()
      }
    }
    if written == limit, let expansion = tooLargeExpansion(interval) {
      codec.reset()
      abandonUnit(codec, expansion)
      return
    }
    switch step.outcome {
    case .needsSpace: break
    case .needsInput: if !readStored(), interruption == nil { endInsideUnit(codec) }
    case .finishedUnit:
      unit = nil
      show()
    case .failed(let failure): abandonUnit(codec, .decoder(failure))
    }
  }

  private static func decode(
    _ codec: ShardCodec, _ stored: borrowing StoredBytes, from offset: Int,
    into window: inout ByteBuffer, limit: Int
  ) -> DecoderStep {
    codec.decode(stored.bytes.extracting(offset...), into: &window, limit: limit)
  }

  private func tooLargeExpansion(_ interval: Int) -> UnitFailure? {
    guard let unit, unit.decodedByteCount % interval == 0 else { return nil }
    let isTooLarge = unit.decodedByteCount / settings.maximumExpansion >= cursor - unit.start
    return isTooLarge ? .expansion(byteCount: unit.decodedByteCount) : nil
  }

  mutating func show() {
    heldByteCount = 0
    isRecovering = false
  }

  private mutating func endInsideUnit(_ codec: ShardCodec) {
    let start = unit?.start ?? cursor
    codec.reset()
    let isHeld = unit?.isShown == false && start >= stored.start
    if isHeld, codec.canSwallowUnits,
      codec.firstUnit(stored.bytes, from: start + 1 - stored.start) != nil
    {
      abandonUnit(codec, .decoder(.corrupt("a wrong length")))
      return
    }
    unit = nil
    show()
    let message =
      "the file ends inside the \(codec.unitName) that begins at byte \(start); "
      + "fetch or write it again"
    damage(.truncated, at: cursor, message, lostByteCount: 0)
  }

  /// Throws the unit's held bytes away and looks for the next unit.
  private mutating func abandonUnit(_ codec: ShardCodec, _ failure: UnitFailure) {
    let (start, noticed, lostByteCount) = (unit?.start ?? cursor, cursor, heldByteCount)
    window.removeLast(lostByteCount)
    heldByteCount = 0
    unit = nil
    let isFound = seekUnit(codec, from: max(start + 1, stored.start))
    if isRecovering {
      // A place that only looked like a unit: its bytes were never part of the stream.
      decodedByteCount -= lostByteCount
      unitStarts.removeLast()
      return
    }
    let rest = isFound ? "reading goes on at byte \(cursor)" : "nothing readable follows"
    let (code, message) = failure.description(
      place: "the \(codec.unitName) that begins at byte \(start)", rest: rest, settings: settings)
    damage(code, at: code == .corrupt ? noticed : start, message, lostByteCount: lostByteCount)
  }

  /// Moves to the next place that looks like a unit; false, and to the end, when there is none.
  private mutating func seekUnit(_ codec: ShardCodec, from start: Int) -> Bool {
    cursor = start
    while true {
      if cursor <= stored.end,
        let found = codec.firstUnit(stored.bytes, from: cursor - stored.start)
      {
        cursor = stored.start + found
        return true
      }
      cursor = max(cursor, stored.end - ShardCodec.unitHeadByteCount + 1)
      let isPastSlice = stopsAtSliceEnd && cursor >= slice.upperBound
      if isPastSlice || !readStored() {
        cursor = stored.end
        return false
      }
    }
  }
}
