internal import ByteKernels
internal import Packing

/// One shard and its provenance, sequence by sequence in any order.
final class StoredShard {
  let path: String
  let sequenceCount: Int
  let tokenCount: Int

  private let reader: any TokenShardReader
  private let provenance: ProvenanceReader?
  /// Tokens that the reader gives at a time where the shard does not tell sequences; else nil.
  private let chunk: Int?

  private static let chunkTokenCount = 4096

  /// Opens a shard by any of its files, or by what they have in common before their endings; `format` is
  /// what the set says that it is.
  init(
    _ path: String, _ hints: TokenShardHints, format: TokenShardFormat? = nil
  ) throws(ShardsError) {
    guard let (format, first) = TokenShardFormat.recognise(path, as: format) else {
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
      chunk = reader.cutLength
      // Tokens are compared where they alone say what a sequence is; elsewhere to count them may be to
      // read them all, and each sequence is compared when it is read.
      let (said, found, what) =
        chunk == nil
        ? (provenance.sequenceCount, reader.sequenceCount, "sequences")
        : (provenance.tokenCount, try reader.tokenCount, "tokens")
      guard said == found else {
        throw ShardsError(
          message: "\(beside): speaks of \(said) \(what), but \(first) has \(found); "
            + "one of them is not of this set")
      }
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
      guard range.lowerBound >= 0, range.upperBound <= tokenCount else {
        throw ShardsError(
          message: "\(provenance.path): sequence \(number) has the tokens \(range) of "
            + "\(tokenCount); the file is damaged")
      }
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
