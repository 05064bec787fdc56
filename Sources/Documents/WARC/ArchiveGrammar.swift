internal import ByteKernels

/// What tells one kind of archive from another: how the header before a block looks.
protocol ArchiveGrammar {
  /// What bytes are counted as that begin no record.
  static var strayCause: Malformed.Cause { get }
  /// What a record is called.
  static var recordName: String { get }
  /// What says how long a block is.
  static var lengthName: String { get }
  /// Bytes kept at the end of a search, in which a header may begin.
  static var overlapByteCount: Int { get }

  /// Reads the header at the start of the stream, filling it.
  static func header(_ stream: inout ShardStream) -> ArchiveHeader
  /// The first header at or behind `start` that stands at the start of a line.
  ///
  /// `isLineStart` says whether a line begins at `start`.
  static func firstHeader(_ bytes: Span<UInt8>, from start: Int, isLineStart: Bool) -> Int?
  /// True when the line ends from `blockEnd` to `end` and what follows them show that a record ends
  /// there, filling the stream.
  ///
  /// `isLineStart` says whether a line begins at `blockEnd`.
  static func endsRecord(
    _ stream: inout ShardStream, blockEnd: Int, end: Int, isLineStart: Bool
  ) -> Bool
}

/// What stands where a header should.
enum ArchiveHeader {
  /// A header of `end` bytes before a block of `length`.
  case record(WARCHeader, end: Int, length: Int)
  /// A header whose record cannot be read; reading goes on behind its first `end` bytes.
  case faulty(Malformed.Cause, String, end: Int)
  /// The stream is interrupted inside a header.
  case cutShort
  /// Bytes that begin no header.
  case stray
}

extension ArchiveGrammar {
  /// The first place at or behind `start` where a line begins and `isHeader` says yes.
  static func firstLine(
    _ bytes: Span<UInt8>, from start: Int, isLineStart: Bool, _ isHeader: (Int) -> Bool
  ) -> Int? {
    var offset = start
    if !isLineStart {
      let before = max(0, start - 1)
      guard before <= bytes.count, let newline = bytes.firstOffset(of: 0x0A, from: before)
      else { return nil }
      offset = newline + 1
    }
    while true {
      if isHeader(offset) { return offset }
      guard offset <= bytes.count, let newline = bytes.firstOffset(of: 0x0A, from: offset)
      else { return nil }
      offset = newline + 1
    }
  }
}
