package import ByteKernels

/// Gives every document a sequence of its own, filled up with padding.
///
/// A document that is longer is cropped, cut into several sequences, or dropped, as the settings say.
package final class SingleDocumentPacker: SequencePacker {
  private let sequenceLength: Int
  private let overlong: Overlong
  private var open: OpenSequence

  package init(_ settings: SequenceSettings, sequenceLength: Int, padding: UInt32) {
    self.sequenceLength = sequenceLength
    overlong = settings.overlong == .auto ? .crop : settings.overlong
    open = OpenSequence(padding: padding, remainder: settings.remainder)
  }

  package var losses: PackingLosses { open.losses }

  package func append(
    _ document: EncodedDocument, to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError) {
    let count = overlong.keptCount(document.tokens.count, sequenceLength: sequenceLength)
    open.crop(document.tokens.count - count)
    var start = 0
    while start < count {
      let end = min(count, start + sequenceLength)
      open.append(start..<end, of: document)
      try open.close(length: sequenceLength, to: sink)
      start = end
    }
  }

  package func finish(to sink: (PackedSequence) throws(FileError) -> Void) throws(FileError) {}
}

extension Overlong {
  /// How many tokens of a document of `count` tokens are packed.
  func keptCount(_ count: Int, sequenceLength: Int) -> Int {
    if count <= sequenceLength { return count }
    return switch self {
    case .auto, .cut: count
    case .crop: sequenceLength
    case .drop: 0
    }
  }
}
