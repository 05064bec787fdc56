/// The words of a count file, as training reads them.
struct CountedWords {
  let path: String
  let header: CountHeader
  /// What the end of the file says; reading the file through verifies it.
  let extent: CountExtent

  /// Refuses counts of another split, and those whose sums would not fit.
  init(path: String, split: WordSplit) throws {
    self.path = path
    header = try CountFileReader(path: path, bufferByteCount: 1 << 12).header
    try header.check(split: split, path)
    extent = try CountFileReader.extent(ofFile: path)
    if extent.textByteCount > 1 << 62 {
      throw TokenizationError(
        path: path,
        message: "the counts stand for more than 2^62 bytes of text (times 1000 with weights), "
          + "beyond what can be summed; count fewer documents, or give smaller weights")
    }
  }

  /// Gives every word with its count, in byte order.
  func forEach(_ body: (Span<UInt8>, UInt64) throws -> Void) throws {
    let reader = try CountFileReader(path: path)
    while try reader.next() {
      // No file can hold more than its end says and be read to that end.
      guard reader.extent.longWordCount <= extent.longWordCount,
        reader.extent.longByteCount <= extent.longByteCount,
        reader.extent.longestByteCount <= extent.longestByteCount,
        reader.extent.textByteCount <= extent.textByteCount
      else { throw reader.damage }
      let word = reader.word
      try body(word.span, reader.count)
    }
  }
}
