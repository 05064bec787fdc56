package import ByteKernels

/// Packs documents whole, each into the sequence that it fills best, and cuts only what is longer.
///
/// Best-fit decreasing over windows of a stream (Ding et al. 2024, "Fewer Truncations Improve Language
/// Modeling", section 2).
/// A document longer than a sequence gives full sequences at once; what is left of it is packed whole,
/// like a shorter document. Pieces gather until the window is full; then each goes into the sequence
/// with the least room that suffices, longest piece first. Full sequences are handed on, and of the
/// others the fullest; up to half a window of them stays open for the pieces of the next one, so that
/// the number of windows does not matter. Time is n log L, memory a window and a half.
package final class BestFitPacker: SequencePacker {
  private let sequenceLength: Int
  private let overlong: Overlong
  private let dropsLast: Bool
  private let windowTokens: Int
  private var open: OpenSequence
  private var window: BestFitWindow

  package init(_ settings: SequenceSettings, sequenceLength: Int, padding: UInt32) {
    self.sequenceLength = sequenceLength
    overlong = settings.overlong
    dropsLast = settings.remainder == .drop
    windowTokens = settings.windowTokens
    open = OpenSequence(padding: padding, remainder: settings.remainder)
    window = BestFitWindow(sequenceLength: sequenceLength)
  }

  package var losses: PackingLosses { open.losses }

  package func append(
    _ document: EncodedDocument, to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError) {
    let count = overlong.keptCount(document.tokens.count, sequenceLength: sequenceLength)
    open.crop(document.tokens.count - count)
    var start = 0
    while count - start >= sequenceLength {
      open.append(start..<(start + sequenceLength), of: document)
      try open.close(length: sequenceLength, to: sink)
      start += sequenceLength
    }
    if start == count { return }
    window.append(start..<count, of: document)
    if window.weight >= windowTokens {
      try pack(keeping: windowTokens / 2, isLast: false, to: sink)
    }
  }

  package func finish(to sink: (PackedSequence) throws(FileError) -> Void) throws(FileError) {
    try pack(keeping: 0, isLast: true, to: sink)
  }

  private func pack(
    keeping limit: Int, isLast: Bool, to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError) {
    let members = window.place()
    let isReady = window.ready(members, limit: limit)
    let emptiest = isLast && dropsLast ? window.rooms.max() : nil
    let dropped = emptiest.flatMap { window.rooms.lastIndex(of: $0) }
    let buffer = window.buffer
    for bin in window.inOrder(isReady) {
      for item in members.numbers(bin) {
        open.append(buffer.items[Int(item)], of: buffer)
      }
      if bin == dropped {
        try open.closeLast(length: sequenceLength, to: sink)
      } else {
        try open.close(length: sequenceLength, to: sink)
      }
    }
    window.remove(isReady)
  }
}
