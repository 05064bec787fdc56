internal import ByteKernels

/// A reader of one format, and what tells a shard of that format from others.
///
/// Adding a format is a type that conforms to this, and its line in `ReaderCatalog`.
protocol RecordSource: SendableMetatype {
  /// As `--format` and pipeline files spell the format.
  static var name: String { get }
  /// How names of such shards end, in lower case and with the dot, endings of compression left out.
  static var endings: [String] { get }
  /// True when such a shard holds lines that tell it, so that its name alone proves little.
  static var isToldByLines: Bool { get }

  /// True when the first bytes of a shard can be those of no other format.
  ///
  /// `head` is 512 bytes or more of the decompressed stream, or all of it.
  static func begins(_ head: Span<UInt8>) -> Bool

  /// True when bytes begin as an entry does; `head` as for `begins`.
  static func beginsEntry(_ head: Span<UInt8>) -> Bool

  /// How a shard can be cut into slices that are read alone.
  static func cutRule(_ settings: ReadSettings) -> CutRule

  /// True when bytes are cut into records as text, so that they must be UTF-8 or like ASCII.
  static func cutsText(_ settings: ReadSettings) -> Bool

  init(settings: ReadSettings, baseName: String)

  /// Bytes in the events so far, of a reader that reads the file by itself; nil of all others, which
  /// consume the stream.
  var accountedByteCount: Int? { get }

  /// The next event of the stream; nil at its end, and ever after.
  mutating func next(_ stream: inout ShardStream) -> ReadEvent?

  /// Appends documents as lines of JSON while that takes no unpacking, up to the first end of a
  /// document `byteCount` bytes or more behind.
  mutating func respell(
    _ stream: inout ShardStream, into json: inout ByteBuffer, byteCount: Int
  ) -> RespelledDocuments
}

extension RecordSource {
  mutating func respell(
    _ stream: inout ShardStream, into json: inout ByteBuffer, byteCount: Int
  ) -> RespelledDocuments {
    RespelledDocuments()
  }
}

extension RecordSource {
  static var isToldByLines: Bool { false }

  static func cutsText(_ settings: ReadSettings) -> Bool { false }

  static func begins(_ head: Span<UInt8>) -> Bool { false }

  static func beginsEntry(_ head: Span<UInt8>) -> Bool { begins(head) }

  var accountedByteCount: Int? { nil }
}

/// Where a shard of some format can be cut.
enum CutRule: Equatable {
  /// Anywhere: a slice leaves out its first line, and reads the one that reaches over its end.
  case lines
  /// Where a compressed unit begins with an entry.
  case units
  /// Where a row group of Parquet begins.
  case rowGroups
  /// Nowhere, and why.
  case never(String)
}
