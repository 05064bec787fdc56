/// What the bytes from 0x80 of a single-byte charset mean.
struct SingleByteTable: Sendable {
  /// The scalars of the bytes 0x80 to 0xFF; U+FFFD for a byte without meaning.
  let scalars: [UInt32]

  /// Nil for a charset ICU does not know.
  init?(_ charset: Charset) {
    switch charset.name {
    case "x-user-defined": scalars = (0x80...0xFF).map { 0xF700 + $0 }
    case "iso-8859-16": scalars = (0x80...0x9F) + Self.iso8859Part16.unicodeScalars.map(\.value)
    default:
      guard let converter = CharsetConverter(charset.converterName) else { return nil }
      let mended = Self.mended[charset.name] ?? [:]
      scalars = (0x80...0xFF).map { (byte: UInt8) in
        if let scalar = mended[byte] { return scalar }
        let decoded = converter.decode([byte].span, replaces: true).bytes
        let scalar = String(decoding: decoded, as: UTF8.self).unicodeScalars.first?.value ?? 0xFFFD
        return (0xE000...0xF8FF).contains(scalar) ? 0xFFFD : scalar
      }
    }
  }

  /// The bytes in UTF-8; bytes without meaning become U+FFFD, or nothing, and are counted.
  func decode(_ bytes: Span<UInt8>, replaces: Bool) -> (bytes: [UInt8], malformed: Int) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 4)
    var malformed = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        text.append(byte)
        continue
      }
      let scalar = scalars[Int(byte & 0x7F)]
      if scalar == 0xFFFD {
        malformed += 1
        if !replaces { continue }
      }
      if scalar < 0x800 {
        text.append(UInt8(truncatingIfNeeded: 0xC0 | scalar &>> 6))
      } else {
        text.append(UInt8(truncatingIfNeeded: 0xE0 | scalar &>> 12))
        text.append(UInt8(truncatingIfNeeded: 0x80 | (scalar &>> 6) & 0x3F))
      }
      text.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
    return (text, malformed)
  }

  /// Where the WHATWG indexes differ from ICU's tables.
  private static let mended: [String: [UInt8: UInt32]] = [
    "koi8-u": [0xAE: 0x045E, 0xBE: 0x040E],
    "windows-1253": [0xAA: 0xFFFD],
    "windows-1255": [0xCA: 0x05BA],
  ]

  /// ICU has no table of this part.
  private static let iso8859Part16 =
    "\u{A0}ĄąŁ€„Š§š©Ș«Ź\u{AD}źŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ"
}
