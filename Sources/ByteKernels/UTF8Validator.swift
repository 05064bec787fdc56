internal import CKernels

/// Decides whether bytes are valid UTF-8, by the widest vectors of the processor.
///
/// Source: Keiser and Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte" (2021).
package enum UTF8Validator {
  /// Whether all of the bytes are valid UTF-8; an empty span is.
  package static func isValid(_ bytes: Span<UInt8>) -> Bool {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return true }
      // SAFETY: the kernel reads `count` bytes from the start of the buffer and no more.
      return unsafe ck_utf8_valid(start, buffer.count)
    }
  }

  /// One of the kernel's ways, from the plainest to the widest vectors.
  package enum Way: UInt32, CaseIterable, Sendable {
    case scalar, ssse3, avx2, avx512

    /// Whether this processor can go that way.
    package var isPossible: Bool { ck_utf8_can(ck_utf8_way(rawValue)) }
  }

  /// The same answer by a way of the caller's choice; false when the processor cannot go it.
  package static func isValid(_ bytes: Span<UInt8>, by way: Way) -> Bool {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard way.isPossible else { return false }
      guard let start = buffer.baseAddress else { return true }
      // SAFETY: as above, and the processor has the instructions.
      return unsafe ck_utf8_valid_by(ck_utf8_way(way.rawValue), start, buffer.count)
    }
  }
}
