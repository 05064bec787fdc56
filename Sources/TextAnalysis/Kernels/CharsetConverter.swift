internal import CText

/// One of ICU's decoders to UTF-8; used by one worker at a time.
@safe final class CharsetConverter {
  private let handle: OpaquePointer
  /// The charset's registered name in lower case.
  let name: String

  /// Nil when ICU knows no charset of that name.
  init?(_ name: String) {
    guard let handle = unsafe ct_converter_open(name) else { return nil }
    unsafe self.handle = handle
    // SAFETY: the name is a zero-terminated string that lives as long as the converter.
    self.name = unsafe String(cString: ct_converter_name(handle)).lowercased()
  }

  deinit { unsafe ct_converter_close(handle) }

  /// The bytes in UTF-8; malformed sequences become U+FFFD, or nothing, and are counted.
  func decode(_ bytes: Span<UInt8>, replaces: Bool) -> (bytes: [UInt8], malformed: Int) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      var count = 0
      var malformed = 0
      guard
        let text = unsafe ct_converter_decode(
          handle, buffer.baseAddress, buffer.count, replaces, &count, &malformed)
      else { preconditionFailure("ICU's decoder for \(name) ran out of memory") }
      // SAFETY: the converter owns `count` bytes until its next call; they are copied here.
      return unsafe (Array(UnsafeBufferPointer(start: text, count: count)), malformed)
    }
  }
}
