internal import Deduplication
internal import Documents

/// Cuts and frequent pieces as JSON lines.
enum CutListing {
  /// The most of a piece's text that is shown.
  private static let shownByteCount = 2000

  /// `{"id":…,"start":…,"length":…,"kind":…}` for each cut of a document, in bytes of its text, with
  /// `"dropped":true` when nothing of it stays; none for one that goes as a whole for its text or URL.
  static func lines(of outcome: PieceCutter.Outcome, id: String) -> [UInt8] {
    var lines: [UInt8] = []
    let ending = outcome.dropped == nil ? "}\n" : ",\"dropped\":true}\n"
    for cut in outcome.cuts {
      lines += Array(#"{"id":"#.utf8)
      JSONText.append(id, to: &lines)
      let numbers = #","start":\#(cut.range.lowerBound),"length":\#(cut.range.count)"#
      lines += Array((numbers + #","kind":"\#(cut.kind.name)""# + ending).utf8)
    }
    return lines
  }

  /// `{"id":…,"kept":null,"similarity":null,"reason":…}`, a line of `removed.jsonl`.
  static func line(ofDropped id: String, _ kind: PieceKind) -> [UInt8] {
    var line = Array(#"{"id":"#.utf8)
    JSONText.append(id, to: &line)
    line += Array(#","kept":null,"similarity":null,"reason":"\#(kind.reason)"}"#.utf8)
    return line + [0x0A]
  }

  /// `{"count":…,"kind":…,"id":…,"text":…}` for each frequent piece, with the document that has its
  /// first copy and at most 2,000 bytes of its text.
  static func lines(of frequent: [PieceCutter.Frequent], in record: Record) -> [UInt8] {
    var lines: [UInt8] = []
    for piece in frequent {
      lines += Array(#"{"count":\#(piece.count),"kind":"\#(piece.kind.name)","id":"#.utf8)
      JSONText.append(record.id, to: &lines)
      lines += Array(#","text":"#.utf8)
      let end = shownEnd(of: piece.range, in: record.payload)
      JSONText.append(record.payload.span.extracting(piece.range.lowerBound..<end), to: &lines)
      lines += Array("}\n".utf8)
    }
    return lines
  }

  /// Where what is shown of a piece ends, never inside a code point.
  private static func shownEnd(of range: Range<Int>, in text: [UInt8]) -> Int {
    var end = min(range.upperBound, range.lowerBound + shownByteCount)
    while end < range.upperBound, end > range.lowerBound, text[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }
}
