/// Pieces of documents that wait to be packed, in the order in which they came.
struct PendingTokens {
  struct Item {
    /// Where its tokens begin in the buffer.
    var offset: Int
    /// Tokens of the document that stand before it.
    var start: Int
    var count: Int32
    var document: UInt32

    var range: Range<Int> { offset..<(offset + Int(count)) }
  }

  private(set) var items: [Item] = []
  private(set) var tokens: [UInt32] = []
  private(set) var lossMask: [UInt8] = []

  /// Takes some tokens of a document.
  mutating func append(_ range: Range<Int>, of document: EncodedDocument) {
    append(
      document.tokens[range], lossMask: document.lossMask.isEmpty ? [] : document.lossMask[range],
      document: document.number, start: range.lowerBound)
  }

  /// Takes an item of another buffer.
  mutating func append(_ item: Item, of other: PendingTokens) {
    append(
      other.tokens[item.range], lossMask: other.lossMask(of: item), document: item.document,
      start: item.start)
  }

  mutating func removeAll() {
    items.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    lossMask.removeAll(keepingCapacity: true)
  }

  func lossMask(of item: Item) -> ArraySlice<UInt8> {
    lossMask.isEmpty ? [] : lossMask[item.range]
  }

  private mutating func append(
    _ slice: ArraySlice<UInt32>, lossMask mask: ArraySlice<UInt8>, document: UInt32, start: Int
  ) {
    items.append(
      Item(offset: tokens.count, start: start, count: Int32(slice.count), document: document))
    lossMask.appendMask(mask, count: slice.count, after: tokens.count)
    tokens.append(contentsOf: slice)
  }
}

extension OpenSequence {
  /// Adds an item of a buffer.
  mutating func append(_ item: PendingTokens.Item, of buffer: PendingTokens) {
    append(
      buffer.tokens[item.range], lossMask: buffer.lossMask(of: item), document: item.document,
      start: item.start)
  }
}
