internal import ByteKernels
internal import Documents
internal import TextAnalysis

/// What is fed to the program; a broken promise stops the process, which libFuzzer notices.
enum FuzzTarget: String, CaseIterable {
  /// A shard's bytes as stored: compression and format are told from them.
  case shard
  /// A shard's decompressed bytes; the first byte names the format.
  case records
  /// An HTTP body in a WARC record; the first byte chooses its encodings.
  case body
  /// A page in some charset; the first byte chooses the label in the HTTP header.
  case charset
  /// A shard that is cut into slices; the first byte says how many bytes a slice has.
  case slices

  func test(_ bytes: [UInt8], in slot: InputSlot) {
    guard let first = bytes.first else { return }
    switch self {
    case .shard: Self.testShard(bytes[...], slot, ShardFormat.auto)
    case .records:
      let formats = ShardFormat.allCases
      Self.testShard(bytes.dropFirst(), slot, formats[Int(first) % formats.count])
    case .body: Self.testBody(Array(bytes.dropFirst()), encoding: Int(first), slot)
    case .charset: Self.testCharset(Array(bytes.dropFirst()), label: Int(first))
    case .slices: Self.testSlices(bytes.dropFirst(), sliceByteCount: Int(first) + 1, slot)
    }
  }

  private static var settings: ReadSettings {
    var settings = ReadSettings()
    settings.maximumRecordByteCount = 1 << 14
    settings.maximumLineByteCount = 1 << 13
    settings.maximumNesting = 40
    settings.maximumWindowLog = 20
    settings.freeExpansionByteCount = 1 << 19
    settings.freeBodyExpansionByteCount = 1 << 13
    return settings
  }

  /// The events, which must account for every byte.
  private static func read(
    _ slot: InputSlot, _ settings: ReadSettings, slice: Range<Int>? = nil
  ) -> [ReadEvent] {
    let reader = RecordReader(path: slot.path, name: "input", slice: slice, settings: settings)
    var (events, byteCount) = ([ReadEvent](), 0)
    while let event = reader.next() {
      precondition(event.byteCount >= 0, "an event takes no fewer than no bytes")
      events.append(event)
      byteCount += event.byteCount
    }
    if byteCount != reader.streamByteCount {
      InputSlot.say("events of \(byteCount) bytes in a stream of \(reader.streamByteCount)\n")
      for event in events { InputSlot.say("\(summary(event))\n") }
      preconditionFailure("events account for every byte")
    }
    return events
  }

  /// Says where two readings part before it stops the process.
  private static func expectSame(_ events: [ReadEvent], _ expected: [ReadEvent], _ law: String) {
    let (events, expected) = (comparable(events), comparable(expected))
    if events == expected { return }
    let index = zip(events, expected).prefix { $0 == $1 }.count
    var report = "\(law): event \(index) of \(events.count) and \(expected.count)\n"
    if index < events.count { report += "is       \(summary(events[index]))\n" }
    if index < expected.count { report += "expected \(summary(expected[index]))\n" }
    InputSlot.say(report)
    preconditionFailure(law)
  }

  /// How far a decoder looks ahead before it notices damage, and how much it has decoded by then,
  /// does depend on the reads; all else does not.
  private static func comparable(_ events: [ReadEvent]) -> [ReadEvent] {
    let isDamaged = events.contains { if case .damaged = $0 { true } else { false } }
    return events.map { event in
      switch event {
      case .damaged(let error, _): .skipped(kind: "damaged \(error.code)", byteCount: 0)
      case .malformed(let malformed) where isDamaged:
        .skipped(kind: "malformed \(malformed.cause)", byteCount: 0)
      default: event
      }
    }
  }

  private static func summary(_ event: ReadEvent) -> String {
    String("\(event.byteCount): \(event)".prefix(1000))
  }

  private static func testShard(
    _ bytes: ArraySlice<UInt8>, _ slot: InputSlot, _ format: ShardFormat
  ) {
    slot.fill(bytes)
    var settings = Self.settings
    settings.format = format
    let whole = read(slot, settings)
    for readByteCount in bytes.count < 2000 ? [1, 7, 61] : [97, 1021] {
      settings.readByteCount = readByteCount
      let pieces = read(slot, settings)
      expectSame(pieces, whole, "events do not depend on where the reads are cut")
    }
  }

  private static func testBody(_ body: [UInt8], encoding: Int, _ slot: InputSlot) {
    let encodings = ["gzip", "deflate", "br", "zstd", "gzip, br", "zstd, gzip", "compress", ""]
    let transfer = encoding & 8 == 0 ? "" : "Transfer-Encoding: chunked\r\n"
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\(transfer)"
      + "Content-Encoding: \(encodings[encoding & 7])\r\n\r\n"
    let block = Array(head.utf8) + body
    let header = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: \(block.count)\r\n\r\n"
    slot.fill((Array(header.utf8) + block + [13, 10, 13, 10])[...])
    var settings = Self.settings
    settings.maximumRecordByteCount = 1 << 18
    let events = read(slot, settings)
    precondition(events.count == 1, "a body is one record, whatever it holds")
  }

  private static let decoder = TextDecoder()

  private static func testCharset(_ bytes: [UInt8], label: Int) {
    let labels = [
      "utf-8", "gb18030", "gbk", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr",
      "windows-1252", "windows-1251", "koi8-r", "iso-8859-8", "utf-16le", "utf-16be", "utf-32",
      "x-user-defined",
    ]
    for declared in [labels[label & 15], nil] {
      let text = decoder.decode(bytes, declaredCharset: declared, isMarkup: label & 16 == 0)
      precondition(UTF8Validator.isValid(text.bytes.span), "decoded text is UTF-8")
      precondition(text.replacementCount >= 0 && text.replacementCount <= text.bytes.count)
    }
  }

  private static func testSlices(
    _ bytes: ArraySlice<UInt8>, sliceByteCount: Int, _ slot: InputSlot
  ) {
    slot.fill(bytes)
    let settings = Self.settings
    let whole = read(slot, settings)
    let cuts = ShardCuts(
      path: slot.path, byteCount: bytes.count, sliceByteCount: sliceByteCount, settings: settings)
    if cuts.offsets.isEmpty { return }
    let bounds = [0] + cuts.offsets + [bytes.count]
    precondition(
      bounds == bounds.sorted() && Set(bounds).count == bounds.count, "slices hold bytes")
    let events = zip(bounds, bounds.dropFirst()).flatMap { start, end in
      read(slot, settings, slice: start..<end)
    }
    // Damage is described from where a slice stands; records are the same to the byte.
    let isDamaged = (whole + events).contains { if case .damaged = $0 { true } else { false } }
    let records = { (events: [ReadEvent]) in
      events.compactMap { if case .record(let record) = $0 { record } else { nil } }
    }
    precondition(isDamaged || records(events) == records(whole), "slices give the same records")
  }
}
