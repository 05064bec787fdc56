internal import ByteKernels

/// The file of distinct pre-tokens and how often each occurs.
///
/// ```
/// "GMCOUNT1"                       8 bytes
/// name of the split pattern        its length as a varint (65,536 at most), then its bytes
/// pre-token, in byte order         its length as a varint, its count as a varint, its bytes
/// ...
/// 0                                a varint where a length would be: no more follow
/// pre-tokens, sum of counts        two little-endian 64-bit numbers
/// XXH64 of all bytes before        little-endian
/// ```
/// Varints are LEB128: seven bits a byte, lowest first, the high bit set on all but the last.
enum CountFile {
  static let magic = Array("GMCOUNT1".utf8)
  static let trailerByteCount = 24
  /// More than any sensible regular expression has.
  static let maximumPatternByteCount = 1 << 16

  /// Reads a varint of at most 64 bits at `offset`, which moves behind it; nil when it is cut short
  /// or too long.
  static func varint(_ bytes: borrowing [UInt8], _ offset: inout Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count, shift < 64 {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  static func appendVarint(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Writes a count file; pre-tokens come in byte order.
struct CountFileWriter: ~Copyable {
  private let file: OutputFile
  private var buffer: [UInt8] = []
  private var checksum = XXH64()
  private var wordCount: UInt64 = 0
  private var total: UInt64 = 0

  init(path: String, pattern: SplitPattern) throws(FileError) {
    file = try OutputFile(path: path)
    buffer = CountFile.magic
    CountFile.appendVarint(UInt64(pattern.rawValue.utf8.count), to: &buffer)
    buffer.append(contentsOf: pattern.rawValue.utf8)
  }

  mutating func append(_ word: Span<UInt8>, count: UInt64) throws(FileError) {
    CountFile.appendVarint(UInt64(word.count), to: &buffer)
    CountFile.appendVarint(count, to: &buffer)
    if word.count > 1 << 16 {
      try flush()
      checksum.update(word.raw)
      try file.write(word)
    } else {
      for index in word.indices { buffer.append(word[index]) }
    }
    wordCount += 1
    total &+= count
    if buffer.count >= 1 << 16 { try flush() }
  }

  consuming func publish() throws(FileError) -> OutputFile.Published {
    CountFile.appendVarint(0, to: &buffer)
    buffer.append(littleEndian: wordCount)
    buffer.append(littleEndian: total)
    try flush()
    buffer.append(littleEndian: checksum.digest())
    try file.write(buffer)
    return try file.publish()
  }

  private mutating func flush() throws(FileError) {
    let whole = buffer
    checksum.update(whole.span.raw)
    try file.write(whole)
    buffer.removeAll(keepingCapacity: true)
  }
}
