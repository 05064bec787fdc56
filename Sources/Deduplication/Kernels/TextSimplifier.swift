internal import CKernels

/// Rewrites text as lower-case words between spaces: what shingles are made of.
///
/// - Words are runs of letters, digits (general categories L and N) and marks (M).
/// - Letters are put in lower case by their simple mapping, alone (`Σ` is always `σ`), or left.
/// - A letter of a script written without spaces (ideographs, kana, Thai, Lao, Khmer, Myanmar, Tai)
///   is, with its marks, a word by itself.
/// - All else separates: punctuation, symbols, controls, `_`, and bytes that are not UTF-8.
///
/// The text may come in pieces, cut between code points. How many spaces stand between two words
/// is not promised.
@safe struct TextSimplifier {
  /// How many bytes `count` bytes of text can become: twice as many (a letter may grow from two
  /// bytes to three and get a space beside it), and what whole-block stores write past the end.
  static func capacity(for count: Int) -> Int { 2 * count + 64 }

  private enum State {
    case gap, word, single
  }

  private let keepsCase: Bool
  private let table = WordClassTable.shared
  private var state = State.gap

  init(keepsCase: Bool = false) { self.keepsCase = keepsCase }

  /// Forgets the text before.
  mutating func reset() { state = .gap }

  /// Returns how many bytes were written to `output`, which has room for `capacity(for: count)`.
  mutating func simplify(
    _ text: UnsafePointer<UInt8>, count: Int, into output: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var (read, written) = (0, 0)
    while read < count {
      if state == .single, unsafe text[read] < 0x80 {
        unsafe output[written] = UInt8(ascii: " ")
        written &+= 1
        state = .gap
      }
      if keepsCase {
        unsafe simplifyScalars(text, &read, count, output, &written)
        continue
      }
      // SAFETY: both pointers are inside their buffers, which end `count - read` bytes on or later;
      // the kernel stores whole blocks of 64 bytes into the slack that `capacity` allows for.
      let ascii = unsafe ck_simplify_ascii(text + read, count &- read, output + written)
      if ascii > 0 {
        read &+= ascii
        written &+= ascii
        state = unsafe output[written &- 1] == UInt8(ascii: " ") ? .gap : .word
      }
      if read < count { unsafe simplifyScalars(text, &read, count, output, &written) }
    }
    return written
  }

  /// Goes through code points until eight bytes of ASCII follow, or to the end when case is kept.
  private mutating func simplifyScalars(
    _ text: UnsafePointer<UInt8>, _ read: inout Int, _ count: Int,
    _ output: UnsafeMutablePointer<UInt8>, _ written: inout Int
  ) {
    unsafe table.blockNumbers.withUnsafeBufferPointer { numbers in
      unsafe table.entries.withUnsafeBufferPointer { entries in
        while read < count {
          if !keepsCase, unsafe startsWithASCII(text + read, count &- read) { return }
          let (scalar, length) = unsafe decode(text + read, count &- read)
          read &+= length
          // SAFETY: decode gives at most 0x10FFFF, and there is a number for each of its blocks;
          // numbers name whole blocks of entries.
          let number = unsafe Int(numbers[Int(scalar &>> 7)])
          let entry = unsafe entries[number &* 128 &+ Int(scalar & 127)]
          if breaksBefore(entry & 3) {
            unsafe output[written] = UInt8(ascii: " ")
            written &+= 1
          }
          if entry & 3 != 0 {
            let lower = UInt32(
              truncatingIfNeeded: Int32(truncatingIfNeeded: scalar) &+ (entry &>> 2))
            written &+= unsafe encode(keepsCase ? scalar : lower, output + written)
          }
        }
      }
    }
  }

  /// Takes in the next code point's class; true when a space belongs before it.
  @inline(__always)
  private mutating func breaksBefore(_ wordClass: Int32) -> Bool {
    let before = state
    switch wordClass {
    case WordClassTable.Class.separator.rawValue:
      state = .gap
      return before != .gap
    case WordClassTable.Class.letter.rawValue:
      state = .word
      return before == .single
    case WordClassTable.Class.mark.rawValue:
      if before == .gap { state = .word }
      return false
    default:
      state = .single
      return before != .gap
    }
  }
}

@inline(__always)
func startsWithASCII(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  guard count >= 8 else { return false }
  // SAFETY: eight bytes are there.
  let word = unsafe UnsafeRawPointer(text).loadUnaligned(as: UInt64.self)
  return word & 0x8080_8080_8080_8080 == 0
}

/// One code point and its length; a byte that starts none is U+FFFD (a separator) of length one.
@inline(__always)
func decode(_ text: UnsafePointer<UInt8>, _ count: Int) -> (UInt32, Int) {
  // SAFETY: every index is compared with `count` first.
  let first = unsafe UInt32(text[0])
  if first < 0x80 { return (first, 1) }
  func continuation(_ index: Int) -> UInt32 { unsafe UInt32(text[index]) ^ 0x80 }
  if first >= 0xC2, first < 0xE0, count >= 2, continuation(1) < 0x40 {
    return ((first & 0x1F) &<< 6 | continuation(1), 2)
  }
  if first >= 0xE0, first < 0xF0, count >= 3, (continuation(1) | continuation(2)) < 0x40 {
    return ((first & 0x0F) &<< 12 | continuation(1) &<< 6 | continuation(2), 3)
  }
  if first >= 0xF0, first < 0xF5, count >= 4,
    (continuation(1) | continuation(2) | continuation(3)) < 0x40
  {
    let high = (first & 0x07) &<< 18 | continuation(1) &<< 12
    let scalar = high | continuation(2) &<< 6 | continuation(3)
    if scalar <= 0x10_FFFF { return (scalar, 4) }
  }
  return (0xFFFD, 1)
}

@inline(__always)
func encode(_ scalar: UInt32, _ output: UnsafeMutablePointer<UInt8>) -> Int {
  // SAFETY: the caller's buffer has room for four more bytes (`TextSimplifier.capacity`).
  func low(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (scalar &>> shift) & 0x3F) }
  if scalar < 0x80 {
    unsafe output[0] = UInt8(truncatingIfNeeded: scalar)
    return 1
  }
  if scalar < 0x800 {
    unsafe output[0] = UInt8(truncatingIfNeeded: 0xC0 | scalar &>> 6)
    unsafe output[1] = low(0)
    return 2
  }
  if scalar < 0x1_0000 {
    unsafe output[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar &>> 12)
    unsafe output[1] = low(6)
    unsafe output[2] = low(0)
    return 3
  }
  unsafe output[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar &>> 18)
  unsafe output[1] = low(12)
  unsafe output[2] = low(6)
  unsafe output[3] = low(0)
  return 4
}
