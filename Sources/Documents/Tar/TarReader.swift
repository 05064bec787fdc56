internal import ByteKernels

/// Reads tar archives: each file in one is read as if it stood alone, by its bytes and its name.
///
/// So members may be compressed, hold JSON lines, CSV, WARC or another archive; what tells no
/// format is plain text, or binary and skipped. Of a compressed member the bytes are counted with
/// its last entry. Behind a header that is damaged, reading goes on with the next one.
struct TarReader: RecordSource {
  static let name = "tar"
  static let endings = [".tar"]

  static func begins(_ head: Span<UInt8>) -> Bool {
    head.has(TarHeader.magic, at: TarHeader.magicOffset) && TarHeader(head) != nil
  }

  static func cutRule(_ settings: ReadSettings) -> CutRule {
    .never("an archive is read from its beginning on")
  }

  /// Archives inside archives are opened so far.
  static let maximumDepth = 4
  /// Longer extended headers are no such.
  private static let maximumExtensionByteCount = 1 << 20
  /// Bytes that are no header are given up when there are so many.
  private static let passedAtOnceByteCount = 1 << 16

  private let settings: ReadSettings
  private let baseName: String
  private let feed = MemberFeed()
  private var member: TarMember?
  private var globalRecords = PaxRecords()
  private var records: PaxRecords?
  /// Bytes of the archive's stream that events account for, those before this reader began included.
  private var accountedByteCount = 0
  private var hasBegun = false
  private var isBehindDamage = false

  init(settings: ReadSettings, baseName: String) {
    self.settings = settings
    self.baseName = baseName
  }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? {
    if !hasBegun { (hasBegun, accountedByteCount) = (true, stream.byteOffset) }
    guard let event = nextUncounted(&stream) else { return nil }
    accountedByteCount += event.byteCount
    return event
  }

  private mutating func nextUncounted(_ stream: inout ShardStream) -> ReadEvent? {
    if member != nil { return readMember(&stream) }
    while true {
      if isBehindDamage, stream.availableByteCount == 0, !stream.fill() { return finish(&stream) }
      guard stream.fill(toAtLeast: TarHeader.blockByteCount) else { return finish(&stream) }
      if Self.isZero(stream.bytes.extracting(0..<TarHeader.blockByteCount)) {
        return passZeros(&stream)
      }
      guard let header = TarHeader(stream.bytes), header.byteCount >= 0 else {
        return passToHeader(&stream)
      }
      isBehindDamage = false
      switch header.kind {
      case .pax, .globalPax, .longName, .longLink:
        guard header.byteCount <= Self.maximumExtensionByteCount else {
          return passToHeader(&stream)
        }
        let end = TarHeader.blockByteCount + TarHeader.paddedByteCount(header.byteCount)
        guard stream.fill(toAtLeast: end) else { return finish(&stream) }
        guard extend(header, stream) else { return passToHeader(&stream) }
        stream.consume(end)
      case .directory: return skip(&stream, "tar-directory")
      case .link: return skip(&stream, "tar-link")
      case .device: return skip(&stream, "tar-device")
      case .file, .sparse:
        begin(header, &stream)
        return readMember(&stream)
      }
    }
  }

  /// Takes in what an extended header says.
  private mutating func extend(_ header: TarHeader, _ stream: borrowing ShardStream) -> Bool {
    let start = TarHeader.blockByteCount
    let data = stream.bytes.extracting(start..<(start + header.byteCount))
    switch header.kind {
    case .globalPax: return globalRecords.add(data)
    case .pax:
      var records = records ?? globalRecords
      guard records.add(data) else { return false }
      self.records = records
    case .longName:
      var records = records ?? globalRecords
      records.path = [UInt8](copying: data.extracting(0..<(data.firstOffset(of: 0) ?? data.count)))
      self.records = records
    default: break
    }
    return true
  }

  private mutating func skip(_ stream: inout ShardStream, _ kind: String) -> ReadEvent {
    records = nil
    stream.consume(TarHeader.blockByteCount)
    return .skipped(kind: kind, byteCount: stream.byteOffset - accountedByteCount)
  }

  private mutating func begin(_ header: TarHeader, _ stream: inout ShardStream) {
    let records = records ?? globalRecords
    self.records = nil
    let place = stream.place
    stream.consume(TarHeader.blockByteCount)
    let byteCount = records.byteCount ?? header.byteCount
    let path = records.path ?? header.name
    let name = String(repairing: path.span)
    feed.begin(byteCount: max(0, byteCount))
    var refusal: String?
    if records.isSparse || header.kind == .sparse {
      refusal = "a file with holes, or a part of a file; pack it without --sparse"
    } else if byteCount < 0 {
      refusal = "a size that is no number"
    }
    member = TarMember(
      name: name, place: place, byteCount: max(0, byteCount), refusal: refusal, feed: feed,
      archivePath: stream.path, archiveName: baseName, settings: settings)
  }

  private mutating func readMember(_ stream: inout ShardStream) -> ReadEvent? {
    guard var member else { return nil }
    if let event = member.next(&stream) {
      self.member = member
      return event
    }
    self.member = nil
    member.passRest(&stream)
    if member.isCut { return finish(&stream, inside: member) }
    return member.last(byteCount: stream.byteOffset - accountedByteCount)
  }
}

extension TarReader {
  /// The blocks of zeros that end an archive; another may follow.
  private mutating func passZeros(_ stream: inout ShardStream) -> ReadEvent {
    repeat {
      stream.consume(TarHeader.blockByteCount)
    } while stream.fill(toAtLeast: TarHeader.blockByteCount)
      && Self.isZero(stream.bytes.extracting(0..<TarHeader.blockByteCount))
    return .skipped(kind: "tar-padding", byteCount: stream.byteOffset - accountedByteCount)
  }

  /// Passes over bytes that are no header, up to the next one that can be told from chance.
  private mutating func passToHeader(_ stream: inout ShardStream) -> ReadEvent? {
    let mark = stream.mark
    let cause: Malformed.Cause = isBehindDamage ? .cutByDamage : .badTarHeader
    isBehindDamage = false
    records = nil
    var from = TarHeader.magicOffset + 1
    search: while true {
      while from <= stream.availableByteCount,
        let found = stream.bytes.firstOffset(of: TarHeader.magic, from: from)
      {
        let start = found - TarHeader.magicOffset
        guard stream.fill(toAtLeast: start + TarHeader.blockByteCount) else { break }
        if TarHeader(stream.bytes.extracting(start...)) != nil {
          stream.consume(start)
          break search
        }
        from = found + 1
        if start > Self.passedAtOnceByteCount {
          stream.consume(start)
          from -= start
        }
      }
      let kept = min(stream.availableByteCount, TarHeader.magicOffset + TarHeader.magic.count - 1)
      let passed = stream.availableByteCount - kept
      stream.consume(passed)
      from = max(TarHeader.magicOffset, from - passed)
      if stream.fill() { continue }
      stream.consume(stream.availableByteCount)
      break
    }
    return .malformed(
      Malformed(
        kind: cause, place: mark.place, byteCount: stream.byteOffset - accountedByteCount,
        message: "bytes that are no header of a member"))
  }

  /// The end of the archive, or a damaged place in it.
  private mutating func finish(
    _ stream: inout ShardStream, inside member: TarMember? = nil
  ) -> ReadEvent? {
    records = nil
    let isPadding = Self.isZero(stream.bytes)
    let (interruption, _) = stream.passInterruption()
    let byteCount = stream.byteOffset - accountedByteCount
    if case .damaged(let error, _) = interruption {
      isBehindDamage = true
      return .damaged(error, lostByteCount: byteCount)
    }
    if byteCount == 0, member == nil { return nil }
    if isPadding, member == nil { return .skipped(kind: "tar-padding", byteCount: byteCount) }
    let place = member.map { "the member \($0.name)" } ?? "a header"
    let error = ShardError(
      kind: .truncated, path: stream.path, byteOffset: stream.compressedByteCount,
      message: "the archive ends inside \(place); fetch or write it again")
    return .damaged(error, lostByteCount: byteCount)
  }

  private static func isZero(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] != 0 { return false }
    return true
  }
}
