/// Reads the header of a gzip member (RFC 1952), however it is cut into pieces.
///
/// ISA-L 2.30 has a reader of its own, which forgets what it has read of a header with a file name
/// when the input ends inside it, and then calls the checksum of a sound member wrong.
struct GzipHeader {
  private enum Field { case fixed, extraLength, extra, name, comment, checksum, end }

  private var field = Field.fixed
  /// Bytes read of the field.
  private var offset = 0
  private var flags: UInt8 = 0
  private var value = 0
  private var crc = UInt32.max

  var isComplete: Bool { field == .end }

  /// Takes bytes up to the end of the header or of the input; the message says what is wrong.
  mutating func read(_ input: Span<UInt8>) -> (byteCount: Int, message: String?) {
    var position = 0
    while position < input.count, !isComplete {
      if let message = take(input[position]) { return (position, message) }
      position += 1
      // A field may be there and have no bytes.
      while isAtEndOfField { beginNextField() }
    }
    return (position, nil)
  }

  private mutating func take(_ byte: UInt8) -> String? {
    switch field {
    case .fixed:
      if offset < 2, byte != [0x1F, 0x8B][offset] { return "invalid header" }
      if offset == 2, byte != 8 { return "unknown compression method" }
      if offset == 3 {
        if byte & 0xE0 != 0 { return "invalid header" }
        flags = byte
      }
    case .extraLength: value |= Int(byte) << (8 * offset)
    case .checksum:
      let isWrong = UInt32(byte) != (~crc >> UInt32(8 * offset)) & 0xFF
      offset += 1
      return isWrong ? "wrong checksum of the header" : nil
    case .name, .comment: value = Int(byte)
    case .extra, .end: break
    }
    offset += 1
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 0 ? 0 : 0xEDB8_8320) }
    return nil
  }

  private var isAtEndOfField: Bool {
    switch field {
    case .fixed: offset == 10
    case .extraLength: flags & 0x04 == 0 || offset == 2
    case .extra: flags & 0x04 == 0 || offset == value
    case .name: flags & 0x08 == 0 || offset > 0 && value == 0
    case .comment: flags & 0x10 == 0 || offset > 0 && value == 0
    case .checksum: flags & 0x02 == 0 || offset == 2
    case .end: false
    }
  }

  private mutating func beginNextField() {
    offset = 0
    switch field {
    case .fixed: field = .extraLength
    case .extraLength: field = .extra
    case .extra: field = .name
    case .name: field = .comment
    case .comment: field = .checksum
    case .checksum, .end: field = .end
    }
  }
}
