internal import TextAnalysis

/// The pieces of a text while steps cut and change them, and when they are done.
struct PieceList {
  /// All pieces, one after another.
  private(set) var text: AlignedText
  /// Where each piece ends in the text.
  private(set) var ends: [Int]
  /// Whether the first piece is also the beginning of the whole text.
  private var beginsText: Bool

  /// A text as one piece, or none when it is empty.
  init(_ text: AlignedText, beginsText: Bool) {
    self.text = text
    ends = text.bytes.isEmpty ? [] : [text.bytes.count]
    self.beginsText = beginsText
  }

  /// Cuts every piece at the ranges that `cut` gives, which lie in it and in order; what is in none is
  /// removed.
  mutating func split(_ cut: (Span<UInt8>, (Range<Int>) -> Void) -> Void) {
    var ranges: [Range<Int>] = []
    var start = 0
    let bytes = text.bytes
    for end in ends {
      cut(bytes.span.extracting(start..<end)) { range in
        if !range.isEmpty { ranges.append(start + range.lowerBound..<start + range.upperBound) }
      }
      start = end
    }
    keep(ranges)
  }

  private mutating func keep(_ ranges: [Range<Int>]) {
    if ranges.first?.lowerBound != 0 { beginsText = false }
    let isWhole = ranges.reduce(0) { $1.lowerBound == $0 ? $1.upperBound : -1 }
    if isWhole == text.bytes.count {
      ends = ranges.map(\.upperBound)
      return
    }
    var writer = AlignedTextWriter(text)
    ends = []
    var count = 0
    for range in ranges {
      writer.keep(range)
      count += range.count
      ends.append(count)
    }
    text = writer.finish()
  }

  /// Puts bytes before every piece that is wanted.
  ///
  /// `isWanted` is told of pieces that come from the beginning of the whole text, where normalizers
  /// may have left something out. The bytes stand for nothing, or for the piece's first scalar.
  mutating func prepend(
    _ prefix: [UInt8], standsForFirst: Bool,
    where isWanted: (_ piece: Span<UInt8>, _ beginsText: Bool) -> Bool
  ) {
    var writer = AlignedTextWriter(text)
    let bytes = text.bytes
    var start = 0
    var added = 0
    for (index, end) in ends.enumerated() {
      let begins = text.places.map { $0[start].lowerBound == 0 } ?? (index == 0 && beginsText)
      if isWanted(bytes.span.extracting(start..<end), begins) {
        let place = standsForFirst ? bytes.span.scalar(at: start).next : start
        writer.put(prefix, for: start..<place)
        added += prefix.count
      }
      writer.keep(start..<end)
      ends[index] = end + added
      start = end
    }
    if added > 0 { text = writer.finish() }
  }

  /// Changes scalars to others; nil keeps one.
  mutating func map(_ change: (Unicode.Scalar, ArraySlice<UInt8>) -> [UInt8]?) {
    var writer = AlignedTextWriter(text)
    let bytes = text.bytes
    var kept = 0
    var start = 0
    var piece = 0
    var shift = 0
    while start < bytes.count {
      let (scalar, next) = bytes.span.scalar(at: start)
      if let new = change(scalar, bytes[start..<next]) {
        writer.keep(kept..<start)
        writer.put(new, for: start..<next)
        shift += new.count - (next - start)
        kept = next
      }
      if next == ends[piece] {
        ends[piece] += shift
        piece += 1
      }
      start = next
    }
    writer.keep(kept..<bytes.count)
    text = writer.finish()
  }
}

extension Span<UInt8> {
  /// The scalar that begins at an offset, and where it ends.
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, next: Int) {
    let (value, next) = ScalarReader.read(self, at: offset)
    return (Unicode.Scalar(value) ?? "\u{FFFD}", next)
  }
}
