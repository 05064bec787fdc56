internal import ByteKernels
internal import TextAnalysis

extension CharacterMap {
  /// Graphemes of fewer bytes are looked up as a whole.
  private static let graphemeLimit = 6

  /// Replaces as Hugging Face's normalizer Precompiled does.
  ///
  /// A short grapheme becomes what the shortest rule says that it begins with, all of it; where no rule
  /// does, and in long graphemes, each scalar is replaced by itself.
  func apply(to text: inout AlignedText) {
    let bytes = text.bytes
    var writer = MapWriter(text)
    var offset = 0
    while offset < bytes.count {
      let end = graphemesEnd(bytes, offset)
      if end > offset {
        var start = offset
        for grapheme in String(decoding: bytes[offset..<end], as: UTF8.self) {
          replace(bytes, start..<start + grapheme.utf8.count, &writer)
          start += grapheme.utf8.count
        }
        offset = end
      } else {
        // An ASCII character by itself.
        replaceScalar(bytes, offset..<offset + 1, &writer)
        offset += 1
      }
    }
    text = writer.finish()
  }

  /// Where the run of graphemes ends that begins at an offset and of which some may have several
  /// scalars; the offset itself when an ASCII character is there that has none but ASCII behind it.
  private func graphemesEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var end = start
    while end < bytes.count {
      let next = end + 1
      let isAlone = bytes[end] < 0x80 && (next == bytes.count || bytes[next] < 0x80)
      let isNewLine = isAlone && next < bytes.count && bytes[end] == 0x0D && bytes[next] == 0x0A
      if isNewLine { return end == start ? end + 2 : end }
      if isAlone { return end == start || bytes[end - 1] < 0x80 ? end : end + 1 }
      end = next
    }
    return end
  }

  private func replace(_ bytes: [UInt8], _ range: Range<Int>, _ writer: inout MapWriter) {
    if range.count < Self.graphemeLimit, let text = replacement(of: bytes[range]) {
      return writer.put(text, for: range)
    }
    var start = range.lowerBound
    while start < range.upperBound {
      let end = ScalarReader.read(bytes.span, at: start).next
      replaceScalar(bytes, start..<end, &writer)
      start = end
    }
  }

  private func replaceScalar(_ bytes: [UInt8], _ range: Range<Int>, _ writer: inout MapWriter) {
    if let text = replacement(of: bytes[range]) { writer.put(text, for: range) }
  }

  /// What the shortest rule says that a text begins with; nil when there is none.
  private func replacement(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    trie.shortest(text).map { replacement($0.value) }
  }
}

/// Writes a text of which parts are replaced.
private struct MapWriter {
  private let source: AlignedText
  private var writer: AlignedTextWriter
  private var kept = 0

  init(_ source: AlignedText) {
    self.source = source
    writer = AlignedTextWriter(source)
  }

  mutating func put(_ text: ArraySlice<UInt8>, for range: Range<Int>) {
    writer.keep(kept..<range.lowerBound)
    writer.put(text, for: range)
    kept = range.upperBound
  }

  mutating func finish() -> AlignedText {
    if kept == 0 { return source }
    writer.keep(kept..<source.bytes.count)
    return writer.finish()
  }
}
