internal import ByteKernels

/// The sequence that a packer is filling; its storage serves one sequence after the other.
struct OpenSequence {
  private var sequence = PackedSequence()
  private let padding: UInt32
  private let remainder: Remainder
  private(set) var losses = PackingLosses()

  init(padding: UInt32, remainder: Remainder) {
    self.padding = padding
    self.remainder = remainder
  }

  var count: Int { sequence.tokens.count }

  /// Adds some tokens of a document.
  mutating func append(_ range: Range<Int>, of document: EncodedDocument) {
    append(
      document.tokens[range], lossMask: document.lossMask.isEmpty ? [] : document.lossMask[range],
      document: document.number, start: range.lowerBound)
  }

  /// Adds tokens of a document before which `start` others stand; the mask is as long or empty.
  mutating func append(
    _ tokens: ArraySlice<UInt32>, lossMask: ArraySlice<UInt8>, document: UInt32, start: Int
  ) {
    sequence.lossMask.appendMask(lossMask, count: tokens.count, after: count)
    sequence.tokens.append(contentsOf: tokens)
    sequence.pieces.append(.init(document: document, start: start, count: tokens.count))
  }

  /// Hands on the sequence, filled up to `length` tokens unless it may be shorter.
  mutating func close(
    length: Int, to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError) {
    let missing = length - count
    if missing > 0, remainder != .keep {
      if !sequence.lossMask.isEmpty {
        sequence.lossMask.append(contentsOf: repeatElement(0, count: missing))
      }
      sequence.tokens.append(contentsOf: repeatElement(padding, count: missing))
      sequence.pieces.append(.init(document: PackedSequence.Piece.padding, count: missing))
      losses.padding += missing
    }
    try sink(sequence)
    clear()
  }

  /// Hands on the last sequence of a shard, or leaves it out when it is not full and shall be dropped.
  mutating func closeLast(
    length: Int, to sink: (PackedSequence) throws(FileError) -> Void
  ) throws(FileError) {
    if count == 0 { return }
    if count == length || remainder != .drop { return try close(length: length, to: sink) }
    losses.remainder += count
    clear()
  }

  /// Counts tokens that are left out of a document longer than a sequence.
  mutating func crop(_ count: Int) {
    losses.cropped += count
  }

  private mutating func clear() {
    sequence.tokens.removeAll(keepingCapacity: true)
    sequence.pieces.removeAll(keepingCapacity: true)
    sequence.lossMask.removeAll(keepingCapacity: true)
  }
}

extension [UInt8] {
  /// Adds the loss mask of `count` tokens that follow `before` others; an empty one stands for ones, and
  /// stays empty as long as nothing else came.
  mutating func appendMask(_ mask: ArraySlice<UInt8>, count: Int, after before: Int) {
    if mask.isEmpty {
      if !isEmpty { append(contentsOf: repeatElement(1, count: count)) }
    } else {
      if isEmpty { append(contentsOf: repeatElement(1, count: before)) }
      append(contentsOf: mask)
    }
  }
}
