internal import ByteKernels
internal import TextAnalysis

/// A text that is changed step by step, and the place in the original that each byte stands for.
struct AlignedText {
  private(set) var bytes: [UInt8]
  /// A range of the original for each byte; nil when nobody asks for places.
  private(set) var places: [Range<Int>]?

  /// A text as it is; with places when the offset of its first byte is given.
  init(_ text: Span<UInt8>, offset: Int?) {
    bytes = [UInt8](copying: text)
    places = offset.map { offset in text.indices.map { offset + $0..<offset + $0 + 1 } }
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

extension AlignedText {
  /// Only bytes that are wanted stay.
  mutating func filter(_ isWanted: (UInt8) -> Bool) {
    let kept = bytes.indices.filter { isWanted(bytes[$0]) }
    places = places.map { old in kept.map { old[$0] } }
    bytes = kept.map { bytes[$0] }
  }

  /// Every scalar becomes what `change` says, or stays when that is nil.
  mutating func map(_ change: (Unicode.Scalar) -> [UInt8]?) {
    var writer = AlignedTextWriter(self)
    var kept = 0
    var offset = 0
    while offset < bytes.count {
      let (value, next) = ScalarReader.read(bytes.span, at: offset)
      if let scalar = Unicode.Scalar(value), let new = change(scalar) {
        writer.keep(kept..<offset)
        writer.put(new, for: offset..<next)
        kept = next
      }
      offset = next
    }
    if kept == 0 { return }
    writer.keep(kept..<bytes.count)
    self = writer.finish()
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
