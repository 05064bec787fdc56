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
  func decode(_ bytes: Span<UInt8>, replaces: Bool) -> DecodedBytes {
    var output = DecodedBytes(replaces: replaces, expectedByteCount: bytes.count + bytes.count / 2)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        output.appendASCII(bytes, &position)
        continue
      }
      let scalar = scalars[Int(byte & 0x7F)]
      if scalar == 0xFFFD { output.appendMalformed() } else { output.append(scalar) }
      position &+= 1
    }
    return output
  }

  /// Where the WHATWG indexes differ from ICU's tables.
  private static let mended: [String: [UInt8: UInt32]] = [
    "koi8-u": [0xAE: 0x045E, 0xBE: 0x040E],
    "macintosh": [0xF0: 0xF8FF],
    "windows-1253": [0xAA: 0xFFFD],
    "windows-1255": [0xCA: 0x05BA],
  ]

  /// ICU has no table of this part.
  private static let iso8859Part16 =
    "\u{A0}ĄąŁ€„Š§š©Ș«Ź\u{AD}źŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ"
}
