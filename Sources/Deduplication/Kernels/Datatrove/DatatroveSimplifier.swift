internal import CKernels

/// datatrove's `simplify_text`, but for the number of spaces between words.
///
/// In this order: lower case (full mappings, final sigma), numbers to `0`, punctuation and controls to
/// spaces, canonical decomposition without nonspacing marks. Bytes that are not UTF-8 are U+FFFD.
/// Source: datatrove/utils/text.py with its default settings, by the Unicode versions that
/// `DatatroveTables` names.
@safe struct DatatroveSimplifier {
  private let scalars = DatatroveScalars.shared
  /// Marks that keep a place by their combining class, until a code point of class 0 comes.
  private var waiting: [(order: Int32, scalar: UInt32)] = []
  /// Where in the output a code point stands at which spaCy may cut a word.
  private(set) var cuts: [Int] = []

  /// Forgets the text before.
  mutating func reset() {
    waiting.removeAll(keepingCapacity: true)
    cuts.removeAll(keepingCapacity: true)
  }

  /// How many bytes the next `count` bytes of text can become: three for one (a syllable of Hangul, or
  /// a byte that is not UTF-8), what is held back, and what whole blocks write behind.
  func capacity(for count: Int) -> Int { 3 * count + 4 * waiting.count + 128 }

  /// Drops the first `count` bytes of the output; the rest will be found at its beginning.
  mutating func dropFirst(_ count: Int) {
    cuts.removeAll { $0 < count }
    for index in cuts.indices { cuts[index] -= count }
  }

  /// Reads from `position` on to `end` or, to end with a whole code point or number, a little further,
  /// writes behind `written`, and moves both; there is room for as many bytes as `capacity` says.
  mutating func simplify(
    _ text: UnsafePointer<UInt8>, from position: inout Int, to end: Int, of count: Int,
    into output: UnsafeMutablePointer<UInt8>, _ written: inout Int
  ) {
    while position < end {
      if unsafe isPlain(text[position]) {
        unsafe flush(output, &written)
        // SAFETY: both pointers are inside their buffers, which end `end - position` bytes on or later;
        // the kernel stores whole blocks of 64 bytes into the slack that `capacity` allows for.
        let simple = unsafe ck_simplify_letters(text + position, end &- position, output + written)
        position &+= simple
        written &+= simple
      }
      unsafe simplifyScalars(text, &position, end, count, output, &written)
    }
    if position >= count { unsafe flush(output, &written) }
  }

  /// Goes through code points until eight bytes of ASCII follow, the first not a digit.
  private mutating func simplifyScalars(
    _ text: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int, _ count: Int,
    _ output: UnsafeMutablePointer<UInt8>, _ written: inout Int
  ) {
    unsafe scalars.blockNumbers.withUnsafeBufferPointer { numbers in
      unsafe scalars.entries.withUnsafeBufferPointer { entries in
        while position < end {
          if unsafe isPlain(text[position]),
            unsafe startsWithASCII(text + position, end &- position)
          {
            return
          }
          let (scalar, length) = unsafe decode(text + position, count &- position)
          // SAFETY: decode gives at most 0x10FFFF, and there is a number for each of its blocks;
          // numbers name whole blocks of entries.
          let entry = unsafe entries[
            Int(numbers[Int(scalar &>> 7)]) &* 128 &+ Int(scalar & 127)]
          if entry & 15 == 0, waiting.isEmpty {
            if entry & DatatroveScalars.TokenClass.cutting != 0 { cuts.append(written) }
            written &+= unsafe encode(scalar, output + written)
            position &+= length
            continue
          }
          unsafe take(scalar, entry, length, text, &position, count, output, &written)
        }
      }
    }
  }

  /// One code point of any kind.
  private mutating func take(
    _ scalar: UInt32, _ entry: Int32, _ length: Int, _ text: UnsafePointer<UInt8>,
    _ position: inout Int, _ count: Int, _ output: UnsafeMutablePointer<UInt8>,
    _ written: inout Int
  ) {
    let start = position
    position &+= length
    let value = entry &>> 12
    switch DatatroveScalars.Kind(rawValue: entry & 15) {
    case .dropped: break
    case .reordered: waiting.append((value, scalar))
    case .barrier: unsafe flush(output, &written)
    case .space:
      unsafe flush(output, &written)
      unsafe output[written] = UInt8(ascii: " ")
      written &+= 1
    case .digit:
      position = unsafe numberEnd(text, start, count)
      unsafe put(0x30, output, &written)
    case .sigma:
      let isFinal = unsafe isFinalSigma(text, start, count)
      unsafe put(isFinal ? 0x3C2 : 0x3C3, output, &written)
    case .shifted:
      unsafe put(UInt32(truncatingIfNeeded: Int32(scalar) &+ value), output, &written)
    case .syllable:
      let number = scalar &- DatatroveScalars.syllables.lowerBound
      unsafe put(0x1100 &+ number / 588, output, &written)
      unsafe put(0x1161 &+ number % 588 / 28, output, &written)
      if number % 28 != 0 { unsafe put(0x11A7 &+ number % 28, output, &written) }
    case .sequence:
      let sequences = DatatroveTables.sequences
      for index in 1...Int(sequences[Int(value)]) {
        let scalar = UInt32(sequences[Int(value) + index])
        let entry = look(up: scalar)
        if entry & 15 == DatatroveScalars.Kind.reordered.rawValue {
          waiting.append((entry &>> 12, scalar))
        } else {
          unsafe put(scalar, output, &written)
        }
      }
    case .kept, nil: unsafe put(scalar, output, &written)
    }
  }

  /// Writes a code point of combining class 0.
  private mutating func put(
    _ scalar: UInt32, _ output: UnsafeMutablePointer<UInt8>, _ written: inout Int
  ) {
    unsafe flush(output, &written)
    if scalar == 0x30 || look(up: scalar) & DatatroveScalars.TokenClass.cutting != 0 {
      cuts.append(written)
    }
    written &+= unsafe encode(scalar, output + written)
  }

  private mutating func flush(_ output: UnsafeMutablePointer<UInt8>, _ written: inout Int) {
    if waiting.isEmpty { return }
    let ordered = waiting.enumerated().sorted {
      ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
    }
    for (_, mark) in ordered {
      if look(up: mark.scalar) & DatatroveScalars.TokenClass.cutting != 0 { cuts.append(written) }
      written &+= unsafe encode(mark.scalar, output + written)
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private func look(up scalar: UInt32) -> Int32 {
    scalars.entries[Int(scalars.blockNumbers[Int(scalar >> 7)]) * 128 + Int(scalar & 127)]
  }

  /// Where the number that begins at `start` ends: digits, and once a separator and digits.
  private func numberEnd(_ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    let whole = unsafe digitsEnd(text, start, count)
    guard whole < count else { return whole }
    let (separator, length) = unsafe decode(text + whole, count - whole)
    switch separator {
    case 0x2E, 0x2C, 0x60C, 0x66B, 0x2396, 0x2397, 0x2398:
      let end = unsafe digitsEnd(text, whole + length, count)
      return end > whole + length ? end : whole
    default: return whole
    }
  }

  private func digitsEnd(_ text: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    var position = start
    while position < count {
      let (scalar, length) = unsafe decode(text + position, count - position)
      guard look(up: scalar) & 15 == DatatroveScalars.Kind.digit.rawValue else { break }
      position += length
    }
    return position
  }

  /// A sigma is final behind a cased letter and not ahead of one, case-ignorable characters aside
  /// (the Unicode standard, table 3-17).
  func isFinalSigma(_ text: UnsafePointer<UInt8>, _ position: Int, _ count: Int) -> Bool {
    var before = position
    var isBehindLetter = false
    while before > 0 {
      let end = before
      before -= 1
      while before > 0, end - before < 4, unsafe text[before] & 0xC0 == 0x80 { before -= 1 }
      let entry = look(up: unsafe decode(text + before, count - before).0)
      if entry & DatatroveScalars.Casing.ignorable != 0 { continue }
      isBehindLetter = entry & DatatroveScalars.Casing.cased != 0
      break
    }
    guard isBehindLetter else { return false }
    var after = position + 2
    while after < count {
      let (scalar, length) = unsafe decode(text + after, count - after)
      after += length
      let entry = look(up: scalar)
      if entry & DatatroveScalars.Casing.ignorable != 0 { continue }
      return entry & DatatroveScalars.Casing.cased == 0
    }
    return true
  }

  /// ASCII and not a digit.
  @inline(__always)
  private func isPlain(_ byte: UInt8) -> Bool { byte < 0x80 && byte &- 0x30 > 9 }
}
