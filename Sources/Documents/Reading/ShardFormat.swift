internal import ByteKernels

/// The format of a shard, told by its decompressed bytes.
enum ShardFormat: Equatable {
  case jsonLines
  case warc
  /// Not read; the text says what it is and what to do.
  case unknown(String)

  var isKnown: Bool { self == .jsonLines || self == .warc }

  /// Why a file of this format is read whole, whatever its compression; nil when it can be cut.
  var obstacleToCuts: String? {
    switch self {
    case .jsonLines, .warc: nil
    case .unknown(let message): message
    }
  }

  /// Tells the format of a stream at its beginning, filling it; nil when an interruption comes
  /// first, or instead of anything that could tell.
  init?(_ stream: inout ShardStream) {
    while true {
      let isComplete = stream.interruption != nil
      let format = ShardFormat(head: stream.bytes, isComplete: isComplete)
      if isComplete, format?.isKnown != true || stream.availableByteCount == 0 {
        let isDamaged = if case .damaged? = stream.interruption { true } else { false }
        if isDamaged || stream.availableByteCount == 0 { return nil }
      }
      if let format {
        self = format
        return
      }
      _ = stream.fill()
    }
  }

  /// Tells the format of a file; nil when it cannot be read that far.
  init?(path: String, settings: ReadSettings) {
    var stream = ShardStream(path: path, settings: settings)
    self.init(&stream)
  }

  /// How far the first line that tells the format may be from the start.
  static let headByteCount = 1 << 16

  /// Tells the format from the first line that begins with `{` or `WARC/`.
  ///
  /// Lines before it are the reader's to complain about. Nil while more bytes are needed.
  init?(head: Span<UInt8>, isComplete: Bool) {
    let isEnough = isComplete || head.count >= Self.headByteCount
    if let known = Self.knownStranger(head) {
      self = .unknown(known)
      return
    }
    var start = head.has([0xEF, 0xBB, 0xBF]) ? 3 : 0
    var isBlank = true
    while start < head.count {
      let end = head.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? head.count
      var first = start
      while first < end, head[first] <= 0x20 { first += 1 }
      if first < end {
        if isBlank, head.extracting(0..<end).firstOffset(of: 0) != nil,
          head[first] != UInt8(ascii: "{")
        {
          self = .unknown("binary data, neither WARC nor JSON lines")
          return
        }
        isBlank = false
        if head[first] == UInt8(ascii: "{") {
          self = .jsonLines
          return
        }
        if WARCHeader.hasPrefix(head, at: first) {
          self = .warc
          return
        }
      }
      start = end + 1
    }
    guard isEnough else { return nil }
    self =
      isBlank
      ? .jsonLines
      : .unknown("neither WARC nor JSON lines: no line begins with \"WARC/\" or \"{\"")
  }

  private static func knownStranger(_ head: Span<UInt8>) -> String? {
    let strangers: [(magic: [UInt8], message: String)] = [
      (Array("filedesc://".utf8), "an ARC file; convert it to WARC"),
      (Array("PAR1".utf8), "a Parquet file; convert it to JSON lines"),
      ([0xFF, 0xFE], "UTF-16 text; convert it to UTF-8"),
      ([0xFE, 0xFF], "UTF-16 text; convert it to UTF-8"),
    ]
    return strangers.first { head.has($0.magic) }?.message
  }
}
