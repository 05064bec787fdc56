internal import ByteKernels

/// One block of 512 bytes that stands before a member of a tar archive.
///
/// Read are ustar (POSIX.1-1988), the extended headers of pax (POSIX.1-2001), and GNU's long names
/// and binary sizes; the checksum may be that of signed or unsigned bytes.
struct TarHeader {
  static let blockByteCount = 512
  static let magicOffset = 257
  static let magic = Array("ustar".utf8)

  enum Kind: Equatable {
    case file
    case directory
    case link
    case device
    /// Says something of the next member, or of all that follow.
    case pax, globalPax, longName, longLink
    /// A file with holes, or a part of one.
    case sparse
  }

  let kind: Kind
  let name: [UInt8]
  /// Of the member's data; negative when it is no number.
  let byteCount: Int

  /// Nil when the block is no header, by its checksum.
  init?(_ block: Span<UInt8>) {
    guard block.count >= Self.blockByteCount, Self.hasChecksum(block) else { return nil }
    let type = block[156]
    byteCount = Self.number(block, 124..<136) ?? -1
    var name = Self.string(block, 0..<100)
    let isPOSIX = block.has(Self.magic + [0], at: Self.magicOffset)
    let prefix = isPOSIX ? Self.string(block, 345..<500) : []
    if !prefix.isEmpty { name = prefix + [UInt8(ascii: "/")] + name }
    self.name = name
    kind =
      switch type {
      case UInt8(ascii: "1"), UInt8(ascii: "2"): .link
      case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): .device
      case UInt8(ascii: "5"): .directory
      case UInt8(ascii: "D"): .sparse
      case UInt8(ascii: "M"), UInt8(ascii: "S"): .sparse
      case UInt8(ascii: "V"): .device
      case UInt8(ascii: "x"), UInt8(ascii: "X"): .pax
      case UInt8(ascii: "g"): .globalPax
      case UInt8(ascii: "L"): .longName
      case UInt8(ascii: "K"): .longLink
      case 0 where name.last == UInt8(ascii: "/"): .directory
      default: .file
      }
  }

  /// How many bytes the data of so many bytes takes, with its padding.
  static func paddedByteCount(_ byteCount: Int) -> Int {
    (byteCount + blockByteCount - 1) / blockByteCount * blockByteCount
  }

  private static func hasChecksum(_ block: Span<UInt8>) -> Bool {
    guard let expected = number(block, 148..<156) else { return false }
    var (unsigned, signed) = (8 * 0x20, 8 * 0x20)
    for index in 0..<blockByteCount where !(148..<156).contains(index) {
      unsigned += Int(block[index])
      signed += Int(Int8(bitPattern: block[index]))
    }
    return expected == unsigned || expected == signed
  }

  private static func string(_ block: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    let field = block.extracting(range)
    return [UInt8](copying: field.extracting(0..<(field.firstOffset(of: 0) ?? field.count)))
  }

  /// Octal digits between spaces, up to a NUL or space; or GNU's binary, marked by the first bit.
  private static func number(_ block: Span<UInt8>, _ range: Range<Int>) -> Int? {
    if block[range.lowerBound] & 0x80 != 0 {
      var value = Int(block[range.lowerBound] & 0x7F)
      for index in range.dropFirst() {
        guard value < 1 << 54 else { return nil }
        value = value << 8 | Int(block[index])
      }
      return value
    }
    var value = 0
    var digitCount = 0
    for index in range {
      let byte = block[index]
      if byte == 0x20, digitCount == 0 { continue }
      if byte == 0x20 || byte == 0 { break }
      guard byte &- 0x30 < 8 else { return nil }
      value = value << 3 | Int(byte - 0x30)
      digitCount += 1
    }
    return value
  }
}
