/// The documents of one shard in order, from the segments of all tasks.
package struct ShardMerge {
  private var merger: OrderedMerger
  private let type: TokenType

  /// `segments` are those of all tasks, in order; takes about `memoryByteCount` and the longest document.
  package init(
    segments: [String], shard: Int, of part: SplitPart, _ mixture: Mixture, vocabularySize: Int,
    memoryByteCount: Int, scratchPrefix: String
  ) throws {
    type = TokenType(unsignedFor: vocabularySize)
    var sources = OrderedSources(
      tokenByteCount: type.byteCount, memoryByteCount: memoryByteCount,
      scratchPrefix: scratchPrefix)
    let index = OrderedSegment.index(of: shard, part, mixture)
    for path in segments {
      let stretch = try OrderedSegment.stretch(path, index, mixture)
      if stretch.byteCount > 0 { sources.sources.append((.file(path), stretch)) }
    }
    merger = try sources.merger()
  }

  /// The next document; nil at the end, which is reached only when all that was read is sound.
  package mutating func next() throws -> OrderedDocument? {
    guard let (header, body, stream) = try merger.next() else { return nil }
    guard let document = OrderedDocument(header, body: body, type: type) else {
      throw stream.damage("what is read here is no document")
    }
    return document
  }
}
