internal import CKernels

/// The classes of 64 consecutive bytes of a text, one bit a byte, the first byte in bit 0.
///
/// All bytes of a scalar carry its class. Bits past the end of the text are 0 in every mask.
struct ClassMasks {
  var letter: UInt64 = 0
  var number: UInt64 = 0
  /// Newlines and the space included.
  var whitespace: UInt64 = 0
  var other: UInt64 = 0
  /// Carriage return and line feed.
  var newline: UInt64 = 0
  /// U+0020 alone.
  var space: UInt64 = 0
  var apostrophe: UInt64 = 0
  /// Bytes of a scalar after its first.
  var continuation: UInt64 = 0
  /// Upper case and title case; this and what follows only where `MaskDetail` asks for it.
  var capital: UInt64 = 0
  var lowercase: UInt64 = 0
  var mark: UInt64 = 0
  var slash: UInt64 = 0
  /// Punctuation and symbols.
  var sign: UInt64 = 0
  var ideograph: UInt64 = 0
  /// Bytes of 0x80 and above.
  var high: UInt64 = 0

  /// First bytes of scalars that are no white space.
  @inline(__always)
  var solidLead: UInt64 { (letter | number | other) & ~continuation }
}

/// Which masks a pattern needs beyond those of all patterns.
protocol MaskDetail {
  /// `capital`, `lowercase`, `mark` and `slash`.
  static var hasCase: Bool { get }
  /// `mark`, `sign`, `ideograph` and `high`.
  static var hasSigns: Bool { get }
}

enum PlainMasks: MaskDetail {
  static let hasCase = false
  static let hasSigns = false
}

enum CaseMasks: MaskDetail {
  static let hasCase = true
  static let hasSigns = false
}

enum SignMasks: MaskDetail {
  static let hasCase = false
  static let hasSigns = true
}

/// Reads a text as class masks, block after block.
///
/// The text should be valid UTF-8. Other bytes are given some class, always the same, and nothing is
/// read past their end.
@safe struct ClassMaskReader<Detail: MaskDetail> {
  static var blockSize: Int { 64 }

  /// Nil when the text is empty.
  private let base: UnsafePointer<UInt8>?
  let byteCount: Int
  private let table: ScalarClassTable
  private var offset = 0
  /// The last scalar's bytes beyond its block, and its class.
  private var spilledByteCount = 0
  private var spilledClass: UInt8 = 0

  init(_ text: UnsafeBufferPointer<UInt8>) {
    unsafe base = text.baseAddress
    byteCount = text.count
    table = ScalarClassTable.shared
  }

  /// The masks of the next 64 bytes; all zero from the end of the text on.
  @inline(__always)
  mutating func next() -> ClassMasks {
    let remaining = byteCount &- offset
    if remaining >= Self.blockSize, let base = unsafe base {
      // SAFETY: 64 bytes are left from `offset` on.
      let raw = unsafe ck_split_masks(base + offset)
      if raw.high == 0 {
        offset &+= Self.blockSize
        return unsafe Self.ascii(raw, base + (offset &- Self.blockSize), valid: ~0)
      }
      return unsafe wide(raw, base + offset, valid: ~0)
    }
    return last(remaining)
  }

  @inline(__always)
  private static func ascii(
    _ raw: ck_split_masks_t, _ block: UnsafePointer<UInt8>, valid: UInt64
  ) -> ClassMasks {
    var masks = ClassMasks(
      letter: raw.letter, number: raw.digit, whitespace: raw.whitespace,
      other: valid & ~(raw.letter | raw.digit | raw.whitespace | raw.high),
      newline: raw.newline, space: raw.space, apostrophe: raw.apostrophe)
    if Detail.hasCase {
      masks.capital = unsafe ck_range_mask(block, 0x41, 0x5A)
      masks.lowercase = raw.letter & ~masks.capital
      masks.slash = unsafe ck_range_mask(block, 0x2F, 0x2F)
    }
    if Detail.hasSigns {
      masks.sign = unsafe masks.other & ck_range_mask(block, 0x21, 0x7E)
      masks.high = raw.high
    }
    return masks
  }

  @inline(never)
  private mutating func last(_ remaining: Int) -> ClassMasks {
    guard remaining > 0, let base = unsafe base else { return ClassMasks() }
    // SAFETY: at most 63 of the 64 bytes are copied from what is left of the text.
    let valid = (1 &<< UInt64(truncatingIfNeeded: remaining)) &- 1 as UInt64
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.blockSize) {
      block in
      unsafe block.initialize(repeating: 0)
      guard let target = block.baseAddress else { return ClassMasks() }
      unsafe target.update(from: base + offset, count: remaining)
      return unsafe wide(ck_split_masks(target), target, valid: valid)
    }
  }

  /// The masks of a block that holds scalars beyond ASCII or ends the text.
  @inline(never)
  private mutating func wide(
    _ raw: ck_split_masks_t, _ block: UnsafePointer<UInt8>, valid: UInt64
  ) -> ClassMasks {
    var masks = unsafe Self.ascii(raw, block, valid: valid)
    let spilled = (1 &<< UInt64(truncatingIfNeeded: spilledByteCount)) &- 1
    if spilled != 0 {
      masks.continuation = spilled
      Self.add(spilled, spilledClass, &masks)
      spilledByteCount = 0
    }
    var rest = raw.high & ~spilled
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      let (found, width) = scalar(at: offset &+ bit)
      let lead = 1 as UInt64 &<< UInt64(truncatingIfNeeded: bit)
      let bytes =
        ((1 &<< UInt64(truncatingIfNeeded: width)) &- 1)
        &<< UInt64(truncatingIfNeeded: bit)
      Self.add(bytes, found, &masks)
      masks.continuation |= bytes ^ lead
      rest &= ~bytes
      if bit &+ width > Self.blockSize {
        spilledByteCount = bit &+ width &- Self.blockSize
        spilledClass = found
      }
    }
    offset &+= Self.blockSize
    return masks
  }

  /// Gives bytes the classes of their scalar.
  @inline(__always)
  private static func add(_ bits: UInt64, _ found: UInt8, _ masks: inout ClassMasks) {
    func given(_ wanted: ScalarClass) -> UInt64 { found & wanted.rawValue != 0 ? bits : 0 }
    masks.letter |= given(.letter)
    masks.number |= given(.number)
    masks.whitespace |= given(.whitespace)
    masks.other |= found & ScalarClass.notOther == 0 ? bits : 0
    if Detail.hasCase {
      masks.capital |= given(.capital)
      masks.lowercase |= given(.lowercase)
    }
    if Detail.hasSigns {
      masks.sign |= given(.sign)
      masks.ideograph |= given(.ideograph)
    }
    if Detail.hasCase || Detail.hasSigns { masks.mark |= given(.mark) }
  }

  /// Classes and length of the scalar at a byte of 0x80 or above.
  @inline(__always)
  private func scalar(at index: Int) -> (UInt8, Int) {
    guard let base = unsafe base else { return (0, 1) }
    // SAFETY: `index` is in the text, and each further byte is compared with the end before it is
    // read. Masked as they are, the parts make a value below 0x110000 (checked for four bytes).
    let lead = unsafe base[index]
    let left = byteCount &- index
    if lead < 0xE0 {
      guard lead >= 0xC2, left >= 2 else { return (0, 1) }
      let block = unsafe Int(table.blocks[Int(lead & 0x1F)])
      return unsafe (table.classes[block &+ Int(base[index &+ 1] & 0x3F)], 2)
    }
    if lead < 0xF0 {
      guard left >= 3 else { return (0, 1) }
      let high = unsafe Int(lead & 0x0F) &<< 6 | Int(base[index &+ 1] & 0x3F)
      let block = unsafe Int(table.blocks[high])
      return unsafe (table.classes[block &+ Int(base[index &+ 2] & 0x3F)], 3)
    }
    guard lead < 0xF5, left >= 4 else { return (0, 1) }
    let top = unsafe Int(lead & 0x07) &<< 6 | Int(base[index &+ 1] & 0x3F)
    guard top < 0x110 else { return (0, 1) }
    let high = unsafe top &<< 6 | Int(base[index &+ 2] & 0x3F)
    let block = unsafe Int(table.blocks[high])
    return unsafe (table.classes[block &+ Int(base[index &+ 3] & 0x3F)], 4)
  }

  /// True when the white space that begins at `index`, newlines aside, is followed by something
  /// other than a newline; `atEnd` when the text ends there.
  func blankRunIsKept(from index: Int, atEnd: Bool) -> Bool {
    guard let base = unsafe base else { return atEnd }
    var position = index
    while position < byteCount {
      // SAFETY: `position` is in the text.
      let byte = unsafe base[position]
      if byte == 0x0A || byte == 0x0D { return false }
      if byte < 0x80 {
        guard byte == 0x20 || (byte >= 0x09 && byte <= 0x0C) else { return true }
        position &+= 1
      } else {
        let (found, width) = scalar(at: position)
        guard found & ScalarClass.whitespace.rawValue != 0 else { return true }
        position &+= width
      }
    }
    return atEnd
  }

  /// True when the capitals from `index` on, none or more, are followed by neither letter nor mark;
  /// `index` may be inside one.
  func capitalsEndWord(from index: Int) -> Bool {
    var position = index
    // SAFETY: `position` is in the text.
    while position < byteCount, let base = unsafe base, unsafe base[position] & 0xC0 == 0x80 {
      position &+= 1
    }
    while position < byteCount {
      let (found, width) = classes(at: position)
      if found & ScalarClass.capital.rawValue == 0 {
        return found & (ScalarClass.letter.rawValue | ScalarClass.mark.rawValue) == 0
      }
      position &+= width
    }
    return true
  }

  /// Classes and length of the scalar at any byte that begins one.
  @inline(__always)
  private func classes(at index: Int) -> (UInt8, Int) {
    guard let base = unsafe base else { return (0, 1) }
    // SAFETY: `index` is in the text.
    let byte = unsafe base[index]
    return byte < 0x80 ? (table.scalarClass(UInt32(byte)).rawValue, 1) : scalar(at: index)
  }

  /// True when U+2581, SentencePiece's sign for a space, begins at `index`.
  @inline(__always)
  func isMetaspace(at index: Int) -> Bool {
    guard let base = unsafe base, index &+ 2 < byteCount else { return false }
    // SAFETY: the last of the three bytes is in the text.
    return unsafe base[index] == 0xE2 && base[index &+ 1] == 0x96 && base[index &+ 2] == 0x81
  }

  /// The length of the contraction that begins with the apostrophe at `index`; 0 when none does.
  @inline(__always)
  func contraction(at index: Int, foldsCase: Bool) -> Int {
    guard let base = unsafe base, index &+ 1 < byteCount else { return 0 }
    // SAFETY: each byte is compared with the end of the text before it is read.
    let fold: UInt8 = foldsCase ? 0x20 : 0
    let raw = unsafe base[index &+ 1]
    let first = raw | fold
    switch first {
    case 0x73, 0x64, 0x6D, 0x74: return 2  // s d m t
    default: break
    }
    guard index &+ 2 < byteCount else { return 0 }
    let second = unsafe base[index &+ 2]
    switch (first, second | fold) {
    case (0x6C, 0x6C), (0x76, 0x65), (0x72, 0x65): return 3  // ll ve re
    default: break
    }
    // U+017F, the long s, is an s to a pattern that ignores case.
    return foldsCase && raw == 0xC5 && second == 0xBF ? 3 : 0
  }
}
