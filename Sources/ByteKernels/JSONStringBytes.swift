internal import CKernels

/// The bytes between the quotes of a JSON string, by the widest vectors of the processor.
///
/// Raw controls and bytes that are not UTF-8 are passed on as they are, where nothing else is said.
package enum JSONStringBytes {
  /// One of the kernels' ways, from the plainest to the widest vectors.
  package enum Way: UInt32, CaseIterable, Sendable {
    case plain, avx2, avx512

    /// Whether this processor can go that way.
    package var isPossible: Bool { ck_json_can(kernel) }
    /// The widest way that is possible.
    package static var best: Way { Way(rawValue: ck_json_best_way().rawValue) ?? .plain }

    fileprivate var kernel: ck_json_way { ck_json_way(rawValue) }
  }

  /// The offset of the first quote, backslash or control at or after `start`, or the byte count.
  package static func firstSpecial(_ bytes: Span<UInt8>, from start: Int) -> Int {
    precondition(start >= 0 && start <= bytes.count, "the search starts inside the bytes")
    var offset = start
    while offset < bytes.count, !isSpecial(bytes[offset]) { offset &+= 1 }
    return offset
  }

  /// Where a string ends, and whether that is all there is to know of it.
  package struct Extent: Sendable, Equatable {
    package let closingQuote: Int
    package let hasEscape: Bool
    package let hasRawControl: Bool
  }

  /// The end of the string whose opening quote is before `start`.
  ///
  /// Nil when there is no closing quote or something is not an escape.
  package static func extent(
    of text: Span<UInt8>, from start: Int, by way: Way = .best
  ) -> Extent? {
    precondition(start >= 0 && start <= text.count, "the string starts inside the text")
    return unsafe text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      var progress = ck_json_progress()
      // SAFETY: the kernel reads from `start` to the end of the span.
      let stop = unsafe ck_json_skip(way.kernel, base + start, buffer.count - start, &progress)
      guard stop == ck_json_closed else { return nil }
      return Extent(
        closingQuote: start + progress.read, hasEscape: progress.has_escape,
        hasRawControl: progress.has_control)
    }
  }

  /// A string with its escapes undone.
  package struct Unescaped: Sendable, Equatable {
    package var bytes: [UInt8]
    /// How many halves of surrogate pairs stood alone and became U+FFFD.
    package var replacedSurrogateCount: Int
  }

  /// Undoes the escapes of what stands between two quotes; nil when one is not an escape, or for a
  /// bare quote.
  package static func unescape(
    _ content: Span<UInt8>, by way: Way = .best
  ) -> Unescaped? {
    unescape(content, endingWith: ck_json_ended, way)?.unescaped
  }

  /// Undoes the escapes of the string whose opening quote is before `start`, and finds its end.
  ///
  /// Nil when there is no closing quote or something is not an escape.
  package static func unescapeString(
    _ text: Span<UInt8>, from start: Int, by way: Way = .best
  ) -> (unescaped: Unescaped, closingQuote: Int)? {
    let result = unescape(text.extracting(start...), endingWith: ck_json_closed, way)
    return result.map { ($0.unescaped, start + $0.byteCount) }
  }

  private static func unescape(
    _ content: Span<UInt8>, endingWith end: ck_json_stop, _ way: Way
  ) -> (unescaped: Unescaped, byteCount: Int)? {
    var progress = ck_json_progress()
    var isValid = false
    // SAFETY: text is never longer than the string that stands for it, so the output needs no
    // more space than the input, and the kernel's slack.
    var bytes = unsafe [UInt8](unsafeUninitializedCapacity: content.count + slack) { space, count in
      unsafe content.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let into = space.baseAddress else {
          isValid = end == ck_json_ended
          return
        }
        isValid = unsafe ck_json_unescape(way.kernel, from, source.count, into, &progress) == end
        count = isValid ? progress.written : 0
      }
    }
    guard isValid else { return nil }
    if content.count - bytes.count > max(4096, bytes.count / 4) { bytes = Array(bytes[...]) }
    let unescaped = Unescaped(
      bytes: bytes, replacedSurrogateCount: Int(progress.surrogates))
    return (unescaped, progress.read)
  }

  /// What came of a string that was spelled anew.
  package struct Respelled: Sendable, Equatable {
    /// Bytes of the text that the string stands for.
    package let textByteCount: Int
    package let replacedSurrogateCount: Int
  }

  /// Appends what stands between two quotes in the spelling of `appendEscaped`.
  ///
  /// Nil, with nothing appended, when something is not an escape, or for a bare quote or a raw
  /// control.
  package static func appendRespelled(
    _ content: Span<UInt8>, to json: inout ByteBuffer, by way: Way = .best
  ) -> Respelled? {
    var progress = ck_json_progress()
    var isValid = false
    unsafe json.addSpace(content.count + slack) { space in
      unsafe content.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let start = space.baseAddress else {
          isValid = true
          return 0
        }
        // SAFETY: the spelling is never longer than any other, and there is the kernel's slack.
        let into = unsafe start.assumingMemoryBound(to: UInt8.self)
        let stop = unsafe ck_json_respell(way.kernel, from, source.count, into, &progress)
        isValid = stop == ck_json_ended
        return isValid ? progress.written : 0
      }
    }
    guard isValid else { return nil }
    return Respelled(
      textByteCount: progress.text, replacedSurrogateCount: Int(progress.surrogates))
  }

  /// Appends `text` without quotes, escaping only quote, backslash and controls.
  package static func appendEscaped(
    _ text: Span<UInt8>, to json: inout [UInt8], by way: Way = .best
  ) {
    let pieceSize = 1 << 12
    let room = 6 * min(text.count, pieceSize) + slack
    // SAFETY: an escape takes at most 6 bytes, so a piece fits, and there is the kernel's slack.
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { space in
      guard let into = space.baseAddress else { return }
      var start = 0
      while start < text.count {
        let end = min(text.count, start + pieceSize)
        let written = unsafe text.extracting(start..<end).withUnsafeBufferPointer { piece in
          guard let from = piece.baseAddress else { return 0 }
          return unsafe ck_json_escape(way.kernel, from, piece.count, into)
        }
        unsafe json.append(contentsOf: UnsafeBufferPointer(start: into, count: written))
        start = end
      }
    }
  }

  /// Appends the escape of one byte that a JSON string cannot hold as it is.
  package static func appendEscape(of byte: UInt8, to json: inout [UInt8]) {
    let one: InlineArray<1, UInt8> = [byte]
    appendEscaped(one.span, to: &json)
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

  private static let slack = Int(ck_json_slack)

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
}
