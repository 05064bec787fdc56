internal import ByteKernels

/// A file in an archive while it is read.
///
/// Events are given out one behind, so that the last one can take the padding.
struct TarMember {
  let name: String

  private let place: RecordPlace
  private let byteCount: Int
  private let refusal: String?
  private let feed: MemberFeed
  private let reader: RecordReader
  private let isMarkup: Bool
  private var held: ReadEvent?

  init(
    name: String, place: RecordPlace, byteCount: Int, refusal: String?, feed: MemberFeed,
    archivePath: String, archiveName: String, settings: ReadSettings
  ) {
    (self.name, self.place, self.byteCount) = (name, place, byteCount)
    (self.refusal, self.feed) = (refusal, feed)
    isMarkup = [".html", ".htm", ".xhtml"].contains(ShardName(name).ending)
    var settings = settings
    settings.format = .auto
    settings.archiveDepth += 1
    reader = RecordReader(
      member: feed, path: "\(archivePath)/\(name)", name: "\(archiveName)/\(name)",
      settings: settings)
  }

  /// True when the archive ended, or was damaged, inside the member.
  private(set) var isCut = false

  /// The next event but the last.
  mutating func next(_ stream: inout ShardStream) -> ReadEvent? {
    if refusal != nil { return nil }
    while true {
      feed.lend(stream)
      let event = reader.next()
      stream = feed.takeBack()
      guard let event else { return takeLastOfCut() }
      guard let event = adapted(event) else { continue }
      defer { held = event }
      if let held { return held }
    }
  }

  /// Of a member that was cut short, whole entries stay what they are.
  private mutating func takeLastOfCut() -> ReadEvent? {
    guard feed.isCut else { return nil }
    isCut = true
    defer { held = nil }
    return held
  }

  /// Passes over what the member's reader has left, and over the padding.
  mutating func passRest(_ stream: inout ShardStream) {
    if isCut { return }
    var rest = feed.remainingByteCount
    while rest > 0 {
      if stream.availableByteCount == 0, !stream.fill() {
        isCut = true
        return
      }
      let passed = min(rest, stream.availableByteCount)
      stream.consume(passed)
      rest -= passed
    }
    // The last member of an archive may lack its padding.
    let padding = TarHeader.paddedByteCount(byteCount) - byteCount
    _ = stream.fill(toAtLeast: padding)
    stream.consume(min(padding, stream.availableByteCount))
  }

  /// The last event, which takes the bytes that no other has taken.
  func last(byteCount: Int) -> ReadEvent {
    if let refusal {
      return .malformed(
        Malformed(
          kind: .unsupportedTarMember, place: place, byteCount: byteCount,
          message: "\(name): \(refusal)"))
    }
    return (held ?? .skipped(kind: "empty-file", byteCount: 0)).taking(byteCount, at: place)
  }

  /// An event of the member's reader as one of the archive; nil when the archive's own damage says
  /// it already.
  private func adapted(_ event: ReadEvent) -> ReadEvent? {
    let byteCount = reader.isPlain ? event.byteCount : 0
    switch event {
    case .record(var record):
      if isMarkup, record.mediaType == "text/plain" { record.mediaType = "text/html" }
      return ReadEvent.record(record).taking(byteCount, at: place)
    case .malformed(let malformed):
      return .malformed(
        Malformed(
          kind: malformed.kind, place: place, byteCount: byteCount,
          message: "\(name): byte \(malformed.place): \(malformed.message)"))
    case .damaged where feed.isCut: return nil
    case .damaged(let error, _) where error.kind == .unsupportedCompression:
      return .skipped(kind: "tar-binary", byteCount: byteCount)
    case .damaged, .skipped: return event.taking(byteCount, at: place)
    }
  }
}

extension ReadEvent {
  /// The same event with other bytes to account for, at another place.
  fileprivate func taking(_ byteCount: Int, at place: RecordPlace) -> ReadEvent {
    switch self {
    case .record(var record):
      (record.byteCount, record.place) = (byteCount, place)
      return .record(record)
    case .skipped(let kind, _): return .skipped(kind: kind, byteCount: byteCount)
    case .malformed(let malformed):
      return .malformed(
        Malformed(
          kind: malformed.kind, place: place, byteCount: byteCount, message: malformed.message))
    case .damaged(let error, _): return .damaged(error, lostByteCount: byteCount)
    }
  }
}
