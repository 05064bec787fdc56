internal import CKernels

/// The character classes of 64 bytes of text, one bit a byte, the first byte lowest.
///
/// Bits past the end of the text are zero in every class but `repeatsNext`.
package struct TextBlock: Sendable, Equatable {
  package static let byteCount = 64

  package let letters: UInt64
  package let digits: UInt64
  package let underscores: UInt64
  /// ASCII white space as Python's `str.isspace` has it: 09-0D and 1C-20.
  package let whiteSpace: UInt64
  /// `:` `.` `'`, which join two letters.
  package let letterJoints: UInt64
  /// `,` `;` `.` `'`, which join two digits.
  package let digitJoints: UInt64
  package let notASCII: UInt64
  /// Equal to the byte after it.
  package let repeatsNext: UInt64

  package init(_ text: Span<UInt8>, at offset: Int) {
    // SAFETY: the kernel reads 65 bytes, which is what is lent.
    let masks = unsafe PaddedBlock.read(text, at: offset, byteCount: 65) {
      unsafe ck_classify_text($0)
    }
    letters = masks.letters
    digits = masks.digits
    underscores = masks.underscores
    whiteSpace = masks.white
    letterJoints = masks.letter_joints
    digitJoints = masks.digit_joints
    notASCII = masks.not_ascii
    repeatsNext = masks.repeats_next
  }

  /// ASCII white space, and the bytes that may begin other white space (C2, E1, E2, E3).
  package static func whiteSpace(
    _ text: Span<UInt8>, at offset: Int
  ) -> (ascii: UInt64, leads: UInt64) {
    var masks: (ascii: UInt64, leads: UInt64) = (0, 0)
    // SAFETY: the kernel reads 64 bytes, which is what a block lends.
    unsafe PaddedBlock.read(text, at: offset) {
      unsafe ck_white_space($0, &masks.ascii, &masks.leads)
    }
    return masks
  }

  /// ASCII line ends (0A-0D, 1C-1E), and the bytes that may begin other line ends (C2, E2).
  package static func lineEnds(
    _ text: Span<UInt8>, at offset: Int
  ) -> (ascii: UInt64, leads: UInt64) {
    var masks: (ascii: UInt64, leads: UInt64) = (0, 0)
    // SAFETY: the kernel reads 64 bytes, which is what a block lends.
    unsafe PaddedBlock.read(text, at: offset) {
      unsafe ck_line_ends($0, &masks.ascii, &masks.leads)
    }
    return masks
  }
}
