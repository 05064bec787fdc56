/// Wikipedia's marks in brackets: `[12]`, `[]`, `[edit]`, `[citation needed]`.
enum Citations {
  private static let notes = ["[edit]", "[citation needed]"].map { Array($0.utf8) }

  /// A range of valid UTF-8 without its citations, or nil when it has none.
  static func remove(from bytes: [UInt8], range: Range<Int>) -> [UInt8]? {
    var cleaned: [UInt8] = []
    var kept = range.lowerBound
    var offset = range.lowerBound
    while offset < range.upperBound {
      if bytes[offset] == UInt8(ascii: "["), let end = end(of: bytes[offset..<range.upperBound]) {
        cleaned.append(contentsOf: bytes[kept..<offset])
        kept = end
        offset = end
      } else {
        offset += 1
      }
    }
    if kept == range.lowerBound { return nil }
    return cleaned + bytes[kept..<range.upperBound]
  }

  /// Where the citation that begins a slice ends; nil when none begins it.
  private static func end(of slice: ArraySlice<UInt8>) -> Int? {
    for note in notes where slice.starts(with: note) { return slice.startIndex + note.count }
    var offset = slice.startIndex + 1
    while offset < slice.endIndex {
      let byte = slice[offset]
      if byte == UInt8(ascii: "]") { return offset + 1 }
      if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        offset += 1
      } else if byte >= 0x80, let width = digitWidth(slice[offset...]) {
        offset += width
      } else {
        return nil
      }
    }
    return nil
  }

  /// The bytes of a decimal digit beyond ASCII at the start of a slice, since `\d` takes any digit.
  private static func digitWidth(_ slice: ArraySlice<UInt8>) -> Int? {
    let text = String(decoding: slice.prefix(4), as: UTF8.self)
    guard let scalar = text.unicodeScalars.first,
      scalar.properties.generalCategory == .decimalNumber
    else { return nil }
    return UTF8.width(scalar)
  }
}
