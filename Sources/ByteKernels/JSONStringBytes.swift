internal import CKernels

/// The bytes between the quotes of a JSON string, 16 at a time.
package enum JSONStringBytes {
  /// The offset of the first quote, backslash or control at or after `start`, or the byte count.
  package static func firstSpecial(_ bytes: Span<UInt8>, from start: Int) -> Int {
    precondition(start >= 0 && start <= bytes.count, "the search starts inside the bytes")
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      var offset = start
      while offset &+ 16 <= buffer.count {
        // SAFETY: 16 bytes from `offset` lie inside the span.
        let mask = unsafe ck_json_special_mask16(base + offset)
        if mask != 0 { return offset &+ mask.trailingZeroBitCount }
        offset &+= 16
      }
      while offset < buffer.count, unsafe !isSpecial(base[offset]) { offset &+= 1 }
      return offset
    }
  }

  /// A string with its escapes undone.
  package struct Unescaped: Sendable, Equatable {
    package var bytes: [UInt8]
    /// How many halves of surrogate pairs stood alone and became U+FFFD.
    package var replacedSurrogateCount: Int
  }

  /// Undoes the escapes of what stands between two quotes; nil when one is not an escape.
  ///
  /// Raw controls and bytes that are not UTF-8 pass through.
  package static func unescape(_ content: Span<UInt8>) -> Unescaped? {
    guard let result = unescape(content, endsAtQuote: false) else { return nil }
    return result.unescaped
  }

  /// Undoes the escapes of the string whose opening quote is before `start`, and finds its end.
  ///
  /// Nil when there is no closing quote or something is not an escape.
  package static func unescapeString(
    _ text: Span<UInt8>, from start: Int
  ) -> (unescaped: Unescaped, closingQuote: Int)? {
    guard let result = unescape(text.extracting(start...), endsAtQuote: true) else { return nil }
    return (result.unescaped, start + result.byteCount)
  }

  private static func unescape(
    _ content: Span<UInt8>, endsAtQuote: Bool
  ) -> (unescaped: Unescaped, byteCount: Int)? {
    var progress = Progress()
    var isValid = false
    // SAFETY: an escape is never shorter than what it stands for, so the output needs no more
    // space than the input, and 16 bytes for the last vector.
    var bytes = unsafe [UInt8](unsafeUninitializedCapacity: content.count + 16) { space, count in
      unsafe content.withUnsafeBufferPointer { source in
        guard let into = space.baseAddress else { return }
        isValid = unsafe unescape(source, into, &progress, endsAtQuote: endsAtQuote)
        count = isValid ? progress.written : 0
      }
    }
    guard isValid else { return nil }
    if content.count - bytes.count > max(4096, bytes.count / 4) { bytes = Array(bytes[...]) }
    let unescaped = Unescaped(bytes: bytes, replacedSurrogateCount: progress.surrogateCount)
    return (unescaped, progress.read)
  }

  /// Appends `text` without quotes, escaping only quote, backslash and controls.
  package static func appendEscaped(_ text: Span<UInt8>, to json: inout [UInt8]) {
    let pieceSize = 1 << 12
    // SAFETY: an escape takes at most 6 bytes, so a piece fits, and 16 bytes for the last vector.
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 6 * pieceSize + 16) { space in
      guard let into = space.baseAddress else { return }
      var start = 0
      while start < text.count {
        let end = min(text.count, start + pieceSize)
        let written = unsafe text.extracting(start..<end).withUnsafeBufferPointer {
          unsafe escape($0, into)
        }
        unsafe json.append(contentsOf: UnsafeBufferPointer(start: into, count: written))
        start = end
      }
    }
  }

  /// Appends the escape of one byte that a JSON string cannot hold as it is.
  package static func appendEscape(of byte: UInt8, to json: inout [UInt8]) {
    // SAFETY: an escape takes at most 6 bytes.
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 6) { space in
      guard let into = space.baseAddress else { return }
      let written = unsafe writeEscape(of: byte, into)
      unsafe json.append(contentsOf: UnsafeBufferPointer(start: into, count: written))
    }
  }

  /// The value of four hexadecimal digits at `offset`; nil when they are not.
  package static func hexadecimal4(_ bytes: Span<UInt8>, at offset: Int) -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for position in offset..<(offset + 4) {
      guard let digit = hexadecimalDigit(bytes[position]) else { return nil }
      value = value &<< 4 | digit
    }
    return value
  }
}

extension JSONStringBytes {
  @inline(__always)
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  @inline(__always)
  private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    let digit = byte &- 48
    if digit < 10 { return UInt32(digit) }
    let letter = (byte | 32) &- 97
    return letter < 6 ? UInt32(letter) + 10 : nil
  }

  private struct Progress {
    var (read, written, surrogateCount) = (0, 0, 0)
  }

  /// Copies from `source` to `into`, undoing escapes, up to a quote or the end; false when
  /// something is no escape, or the end is not as asked for.
  private static func unescape(
    _ source: UnsafeBufferPointer<UInt8>, _ into: UnsafeMutablePointer<UInt8>,
    _ progress: inout Progress, endsAtQuote: Bool
  ) -> Bool {
    guard let from = source.baseAddress else { return !endsAtQuote }
    let count = source.count
    var (read, written) = (0, 0)
    defer { (progress.read, progress.written) = (read, written) }
    while true {
      // SAFETY: `read + 16 <= count` bounds the load; `written <= read`, so the store of 16 bytes
      // stays inside the 16 spare bytes of the output.
      while read &+ 16 <= count {
        unsafe UnsafeMutableRawPointer(into + written).copyMemory(from: from + read, byteCount: 16)
        let mask = unsafe ck_json_special_mask16(from + read)
        let run = mask == 0 ? 16 : mask.trailingZeroBitCount
        read &+= run
        written &+= run
        if mask != 0 { break }
      }
      guard read < count else { return !endsAtQuote }
      let byte = unsafe from[read]
      if byte == UInt8(ascii: "\\") {
        // SAFETY: `read < count`, and an escape gives at most 4 bytes for at least 2.
        let rest = unsafe UnsafeBufferPointer(rebasing: source[read...])
        guard let used = unsafe undoEscape(rest, into, &written, &progress) else { return false }
        read &+= used
      } else if byte == UInt8(ascii: "\""), endsAtQuote {
        return true
      } else {
        unsafe into[written] = byte
        read &+= 1
        written &+= 1
      }
    }
  }

  /// Writes what the escape at the start of `rest` stands for; gives the escape's byte count.
  @inline(__always)
  private static func undoEscape(
    _ rest: UnsafeBufferPointer<UInt8>, _ into: UnsafeMutablePointer<UInt8>,
    _ written: inout Int, _ progress: inout Progress
  ) -> Int? {
    guard rest.count > 1 else { return nil }
    let code = unsafe rest[1]
    if code != UInt8(ascii: "u") {
      guard let plain = unescaped(code) else { return nil }
      unsafe into[written] = plain
      written &+= 1
      return 2
    }
    // SAFETY: the span is used inside this call only, while the buffer is alive.
    let digits = unsafe Span(_unsafeElements: rest).extracting(2...)
    guard let scalar = unicodeEscape(digits) else { return nil }
    progress.surrogateCount &+= scalar.isReplaced ? 1 : 0
    written &+= unsafe encode(scalar.value, into + written)
    return 2 &+ scalar.byteCount
  }

  @inline(__always)
  private static func unescaped(_ code: UInt8) -> UInt8? {
    switch code {
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): code
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    default: nil
    }
  }

  /// The scalar of the digits after `\u`, with the second half of a surrogate pair if there is one.
  private static func unicodeEscape(
    _ bytes: Span<UInt8>
  ) -> (value: UInt32, byteCount: Int, isReplaced: Bool)? {
    guard let first = hexadecimal4(bytes, at: 0) else { return nil }
    guard first & 0xF800 == 0xD800 else { return (first, 4, false) }
    if first < 0xDC00, bytes.count >= 10, bytes[4] == UInt8(ascii: "\\"),
      bytes[5] == UInt8(ascii: "u"), let second = hexadecimal4(bytes, at: 6),
      second & 0xFC00 == 0xDC00
    {
      return (0x10000 + (first & 0x3FF) << 10 + second & 0x3FF, 10, false)
    }
    return (0xFFFD, 4, true)
  }

  /// Copies `source` to `into`, escaping; gives the bytes written.
  private static func escape(
    _ source: UnsafeBufferPointer<UInt8>, _ into: UnsafeMutablePointer<UInt8>
  ) -> Int {
    guard let from = source.baseAddress else { return 0 }
    var (read, written) = (0, 0)
    while true {
      // SAFETY: `read + 16 <= count` bounds the load; `written <= 6 * read`, so the store of 16
      // bytes stays inside the 16 spare bytes of the output.
      while read &+ 16 <= source.count {
        unsafe UnsafeMutableRawPointer(into + written).copyMemory(from: from + read, byteCount: 16)
        let mask = unsafe ck_json_special_mask16(from + read)
        let run = mask == 0 ? 16 : mask.trailingZeroBitCount
        read &+= run
        written &+= run
        if mask != 0 { break }
      }
      guard read < source.count else { return written }
      let byte = unsafe from[read]
      read &+= 1
      if isSpecial(byte) {
        written &+= unsafe writeEscape(of: byte, into + written)
      } else {
        unsafe into[written] = byte
        written &+= 1
      }
    }
  }

  /// Writes the escape of a quote, backslash or control, 2 or 6 bytes, and returns how many.
  @inline(__always)
  private static func writeEscape(of byte: UInt8, _ into: UnsafeMutablePointer<UInt8>) -> Int {
    unsafe into[0] = UInt8(ascii: "\\")
    if let letter = shortEscape(byte) {
      unsafe into[1] = letter
      return 2
    }
    unsafe (into[1], into[2], into[3]) = (UInt8(ascii: "u"), 48, 48)
    unsafe (into[4], into[5]) = (48 + byte >> 4, byte & 15 < 10 ? 48 + byte & 15 : 87 + byte & 15)
    return 6
  }

  @inline(__always)
  private static func shortEscape(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 10: UInt8(ascii: "n")
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
    case 9: UInt8(ascii: "t")
    case 13: UInt8(ascii: "r")
    case 8: UInt8(ascii: "b")
    case 12: UInt8(ascii: "f")
    default: nil
    }
  }

  /// Writes a scalar as UTF-8, at most 4 bytes, and returns how many.
  @inline(__always)
  private static func encode(_ scalar: UInt32, _ into: UnsafeMutablePointer<UInt8>) -> Int {
    let tail = UInt8(truncatingIfNeeded: scalar & 63) | 0x80
    let middle = UInt8(truncatingIfNeeded: scalar &>> 6 & 63) | 0x80
    let upper = UInt8(truncatingIfNeeded: scalar &>> 12 & 63) | 0x80
    if scalar < 0x80 {
      unsafe into[0] = UInt8(truncatingIfNeeded: scalar)
      return 1
    }
    if scalar < 0x800 {
      unsafe (into[0], into[1]) = (UInt8(truncatingIfNeeded: scalar &>> 6) | 0xC0, tail)
      return 2
    }
    if scalar < 0x10000 {
      unsafe (into[0], into[1], into[2]) = (upper & 0x0F | 0xE0, middle, tail)
      return 3
    }
    unsafe (into[0], into[1]) = (UInt8(truncatingIfNeeded: scalar &>> 18) | 0xF0, upper)
    unsafe (into[2], into[3]) = (middle, tail)
    return 4
  }
}
