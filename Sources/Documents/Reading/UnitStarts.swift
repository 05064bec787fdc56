/// Where the units begin that the window of a stream holds, and the one before them.
struct UnitStarts {
  private var starts: [(decodedOffset: Int, offset: Int)] = []

  /// A unit begins at `offset` of the file, and at `decodedOffset` of the decompressed stream.
  mutating func append(decodedOffset: Int, offset: Int) {
    // An empty unit holds nothing to find, and a file may hold any number of them.
    if starts.last?.decodedOffset == decodedOffset { starts.removeLast() }
    starts.append((decodedOffset, offset))
  }

  mutating func removeLast() {
    starts.removeLast()
  }

  /// Forgets the units that end at or before a place of the decompressed stream.
  mutating func forget(before decodedOffset: Int) {
    let index = index(of: decodedOffset)
    if index > 0 { starts.removeFirst(index) }
  }

  /// The place of a byte of the decompressed stream; nil without units.
  func place(of decodedOffset: Int) -> RecordPlace? {
    guard !starts.isEmpty else { return nil }
    let start = starts[index(of: decodedOffset)]
    return RecordPlace(unitOffset: start.offset, byteOffset: decodedOffset - start.decodedOffset)
  }

  /// The last unit that begins at or before a byte; the first when none does.
  private func index(of decodedOffset: Int) -> Int {
    var index = 0
    while index + 1 < starts.count, starts[index + 1].decodedOffset <= decodedOffset { index += 1 }
    return index
  }
}
