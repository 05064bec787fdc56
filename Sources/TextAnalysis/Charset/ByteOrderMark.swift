/// A mark at the beginning of a text that says which Unicode encoding follows.
enum ByteOrderMark {
  /// The charset and the mark's length; nil when the text begins with none.
  ///
  /// The WHATWG standard knows three marks; those of UTF-32 are taken too, since a UTF-16 text does
  /// not begin with U+0000.
  static func read(_ bytes: Span<UInt8>) -> (charset: Charset, byteCount: Int)? {
    for (mark, charset) in marks where bytes.count >= mark.count {
      if mark.indices.allSatisfy({ bytes[$0] == mark[$0] }) { return (charset, mark.count) }
    }
    return nil
  }

  /// The longer mark first, where one begins with the other.
  private static let marks: [([UInt8], Charset)] = [
    ([0xEF, 0xBB, 0xBF], .utf8),
    ([0xFF, 0xFE, 0x00, 0x00], Charset(name: "utf-32le", kind: .wide)),
    ([0x00, 0x00, 0xFE, 0xFF], Charset(name: "utf-32be", kind: .wide)),
    ([0xFF, 0xFE], Charset(name: "utf-16le", kind: .wide)),
    ([0xFE, 0xFF], Charset(name: "utf-16be", kind: .wide)),
  ]
}
