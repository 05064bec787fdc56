internal import ByteKernels
internal import TextAnalysis

/// A text that is changed step by step, and the place in the original that each byte stands for.
struct AlignedText {
  private(set) var bytes: [UInt8]
  /// A range of the original for each byte; nil when nobody asks for places.
  private(set) var places: [Range<Int>]?

  /// A text as it is; with places when the offset of its first byte is given.
  init(_ text: Span<UInt8>, offset: Int?) {
    bytes = []
    bytes.append(copying: text)
    places = offset.map { offset in
      var places: [Range<Int>] = []
      places.reserveCapacity(text.count)
      var start = 0
      while start < text.count {
        let end = ScalarReader.read(text, at: start).next
        // All bytes of a character stand for the character.
        for _ in start..<end { places.append(offset + start..<offset + end) }
        start = end
      }
      return places
    }
  }

  init(bytes: [UInt8], places: [Range<Int>]?) {
    self.bytes = bytes
    self.places = places
  }

  /// The place of some bytes that follow each other; those that stand for nothing have an empty one.
  func place(of range: Range<Int>) -> Range<Int> {
    guard let places, !places.isEmpty else { return 0..<0 }
    if range.isEmpty {
      let offset =
        range.lowerBound < places.count
        ? places[range.lowerBound].lowerBound : places[places.count - 1].upperBound
      return offset..<offset
    }
    let start = places[range.lowerBound].lowerBound
    return start..<max(start, places[range.upperBound - 1].upperBound)
  }

  /// The bytes of a range, with their places.
  func slice(_ range: Range<Int>) -> AlignedText {
    AlignedText(bytes: Array(bytes[range]), places: places.map { Array($0[range]) })
  }
}

/// Writes what a text becomes by one change.
struct AlignedTextWriter {
  private let source: AlignedText
  private var bytes: [UInt8] = []
  private var places: [Range<Int>] = []
  private let hasPlaces: Bool

  init(_ source: AlignedText) {
    self.source = source
    hasPlaces = source.places != nil
    bytes.reserveCapacity(source.bytes.count + source.bytes.count / 8)
  }

  /// Bytes of the text stay as they are.
  mutating func keep(_ range: Range<Int>) {
    bytes.append(contentsOf: source.bytes[range])
    if let old = source.places { places.append(contentsOf: old[range]) }
  }

  /// Bytes come in, each in the place of a range of the text.
  mutating func put(_ new: some Collection<UInt8>, for range: Range<Int>) {
    bytes.append(contentsOf: new)
    guard hasPlaces else { return }
    places.append(contentsOf: repeatElement(source.place(of: range), count: new.count))
  }

  /// What has been written.
  func finish() -> AlignedText {
    AlignedText(bytes: bytes, places: hasPlaces ? places : nil)
  }
}
