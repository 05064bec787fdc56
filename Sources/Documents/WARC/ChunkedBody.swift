internal import ByteKernels

/// Undoes HTTP's chunked transfer encoding (RFC 9112, section 7.1).
enum ChunkedBody {
  enum Result: Equatable {
    /// The body does not begin with a chunk: crawlers often undo the encoding and keep the header.
    case notChunked
    case body([UInt8], isCutShort: Bool)
    /// No chunk begins at this offset.
    case broken(Int)
  }

  static func decode(_ body: Span<UInt8>) -> Result {
    var decoded: [UInt8] = []
    var offset = 0
    while true {
      guard let lineEnd = body.firstOffset(of: UInt8(ascii: "\n"), from: offset) else {
        if offset == 0 { return .notChunked }
        return .body(decoded, isCutShort: true)
      }
      guard let size = size(body.extracting(offset..<lineEnd)) else {
        return offset == 0 ? .notChunked : .broken(offset)
      }
      if size == 0 { return .body(decoded, isCutShort: false) }
      let start = lineEnd + 1
      guard size <= body.count - start else {
        decoded.append(copying: body.extracting(start...))
        return .body(decoded, isCutShort: true)
      }
      decoded.append(copying: body.extracting(start..<(start + size)))
      offset = start + size
      if body.has([0x0D, 0x0A], at: offset) {
        offset += 2
      } else if body.has([0x0A], at: offset) {
        offset += 1
      } else if offset < body.count {
        return .broken(offset)
      }
      if offset == body.count { return .body(decoded, isCutShort: true) }
    }
  }

  /// The size in a chunk's first line: hexadecimal, then perhaps spaces or an extension.
  private static func size(_ line: Span<UInt8>) -> Int? {
    var (value, digitCount) = (0, 0)
    for index in line.indices {
      let byte = line[index]
      switch byte {
      case 48...57: value = value << 4 + Int(byte - 48)
      case 65...70, 97...102: value = value << 4 + (Int(byte | 32) - 87)
      case UInt8(ascii: ";"), 0x20, 0x09, 0x0D: return digitCount > 0 ? value : nil
      default: return nil
      }
      digitCount += 1
      if digitCount > 12 { return nil }
    }
    return digitCount > 0 ? value : nil
  }
}
