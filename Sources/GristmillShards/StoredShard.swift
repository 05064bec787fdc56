internal import ByteKernels
internal import Packing

/// One shard and its provenance, sequence by sequence in any order.
final class StoredShard {
  let path: String
  let sequenceCount: Int
  let tokenCount: Int

  private let reader: any TokenShardReader
  private let provenance: ProvenanceReader?
  /// Tokens that the reader gives at a time where the provenance alone knows sequences; else nil.
  private let chunk: Int?

  private static let chunkTokenCount = 4096

  /// Opens a shard by any of its files, or by what they have in common before their endings.
  init(_ path: String, _ hints: TokenShardHints) throws(ShardsError) {
    guard let (format, first) = TokenShardFormat.recognise(path) else {
      throw ShardsError(message: "\(path): leads to no token shard of a format that is read")
    }
    self.path = first
    let ending = format.layout.fileEndings.first { first.hasSuffix($0) } ?? ""
    let beside = ProvenanceWriter.path(ofShard: String(first.dropLast(ending.count)))
    do {
      guard FileSystem.status(beside) != nil else {
        reader = try format.layout.reader(first, hints)
        (provenance, chunk) = (nil, nil)
        (sequenceCount, tokenCount) = (reader.sequenceCount, try reader.tokenCount)
        return
      }
      let provenance = try ProvenanceReader(path: beside)
      var chunked = hints
      chunked.sequenceLength = Self.chunkTokenCount
      reader = try format.layout.reader(first, chunked)
      let readerTokenCount = try reader.tokenCount
      guard provenance.tokenCount == readerTokenCount else {
        throw ShardsError(
          message: "\(beside): speaks of \(provenance.tokenCount) tokens, but \(first) has "
            + "\(readerTokenCount); one of them is not of this set")
      }
      chunk = try Self.chunk(reader, provenance)
      self.provenance = provenance
      (sequenceCount, tokenCount) = (provenance.sequenceCount, provenance.tokenCount)
    } catch let error as ShardsError {
      throw error
    } catch {
      throw ShardsError(message: "\(error)")
    }
  }

  func sequence(_ number: Int) throws(ShardsError) -> TokenSequence {
    do {
      var sequence = PackedSequence()
      guard let provenance else {
        try reader.read(number, into: &sequence)
        return TokenSequence(sequence)
      }
      let range = provenance.tokens(ofSequence: number)
      if let chunk {
        sequence.tokens = try tokens(range, chunk)
      } else {
        try reader.read(number, into: &sequence)
      }
      sequence.pieces = provenance.pieces(ofSequence: number)
      sequence.lossMask = provenance.lossMask(of: range)
      let pieceTokenCount = sequence.pieces.reduce(0) { $0 + $1.count }
      guard sequence.tokens.count == range.count, pieceTokenCount == range.count else {
        throw ShardsError(
          message: "\(provenance.path): sequence \(number) has \(range.count) tokens, its pieces "
            + "\(pieceTokenCount), and \(path) has \(sequence.tokens.count)")
      }
      return TokenSequence(sequence)
    } catch let error as ShardsError {
      throw error
    } catch {
      throw ShardsError(message: "\(error)")
    }
  }

  /// Where a document comes from; nil without provenance.
  func origin(ofDocument number: Int) throws(ShardsError) -> DocumentOrigin? {
    guard let provenance else { return nil }
    guard number >= 0, number < provenance.documentCount else {
      throw ShardsError(
        message: "\(provenance.path): has \(provenance.documentCount) documents, no \(number)")
    }
    do {
      return try provenance.origin(ofDocument: number)
    } catch {
      throw ShardsError(message: "\(error)")
    }
  }

  /// The chunk that the reader cuts by, when its sequences are not those of the provenance.
  private static func chunk(
    _ reader: any TokenShardReader, _ provenance: ProvenanceReader
  ) throws -> Int? {
    if reader.sequenceCount == provenance.sequenceCount {
      if reader.sequenceCount == 0 { return nil }
      var first = PackedSequence()
      try reader.read(0, into: &first)
      if first.tokens.count == provenance.tokens(ofSequence: 0).count { return nil }
    }
    let chunks = (try reader.tokenCount + chunkTokenCount - 1) / chunkTokenCount
    guard reader.sequenceCount == chunks else {
      throw ShardsError(
        message: "\(provenance.path): speaks of \(provenance.sequenceCount) sequences, but "
          + "\(reader.path) has \(reader.sequenceCount); one of them is not of this set")
    }
    return chunkTokenCount
  }

  private func tokens(_ range: Range<Int>, _ chunk: Int) throws(TokenShardError) -> [UInt32] {
    var tokens: [UInt32] = []
    tokens.reserveCapacity(range.count)
    var sequence = PackedSequence()
    var start = range.lowerBound
    while start < range.upperBound {
      try reader.read(start / chunk, into: &sequence)
      let end = min(range.upperBound, (start / chunk + 1) * chunk)
      let first = start % chunk
      tokens += sequence.tokens[first..<(first + end - start)]
      start = end
    }
    return tokens
  }
}
