package import ByteKernels

/// Gives every document a sequence of its own, as long as the smallest bucket that holds it, and hands on
/// sequences of one length together, so that batches of neighbours are of one length.
///
/// Buckets are lengths; the last is the sequence length, beyond which documents are cropped, cut or
/// dropped. Documents gather until the window is full; then all buckets are handed on, the shortest
/// first, each in the documents' order. Only formats whose sequences may differ in length hold this.
package final class LengthBucketPacker: SequencePacker {
  private let lengths: [Int]
  private let overlong: Overlong
  private let windowTokens: Int
  private var open: OpenSequence
  private var buffer = PendingTokens()

  package init(_ settings: SequenceSettings, sequenceLength: Int, padding: UInt32) {
    let named =
      settings.bucketLengths.isEmpty ? (6..<31).map { 1 << $0 } : settings.bucketLengths
    lengths = named.filter { $0 < sequenceLength } + [sequenceLength]
    overlong = settings.overlong == .auto ? .crop : settings.overlong
    windowTokens = settings.windowTokens
    open = OpenSequence(padding: padding, remainder: settings.remainder)
  }

  package var losses: PackingLosses { open.losses }

  package func append(
    _ document: EncodedDocument, to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError) {
    let longest = lengths[lengths.count - 1]
    let count = overlong.keptCount(document.tokens.count, sequenceLength: longest)
    open.crop(document.tokens.count - count)
    for start in stride(from: 0, to: count, by: longest) {
      buffer.append(start..<min(count, start + longest), of: document)
      let weight = buffer.tokens.count + BestFitWindow.itemWeight * buffer.items.count
      if weight >= windowTokens { try handOn(to: sink) }
    }
  }

  package func finish(to sink: (PackedSequence) throws(FileError) -> Void) throws(FileError) {
    try handOn(to: sink)
  }

  private func handOn(
    to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError) {
    let sorted = CountingSort(count: buffer.items.count, maximumKey: lengths.count - 1) { number in
      lengths.firstIndex { $0 >= buffer.items[number].count } ?? lengths.count - 1
    }
    for bucket in lengths.indices {
      for number in sorted.numbers(bucket) {
        open.append(buffer.items[Int(number)], of: buffer)
        try open.close(length: lengths[bucket], to: sink)
      }
    }
    buffer.removeAll()
  }
}
