internal import Packing

/// The sequences of a shard in their order, with the pieces and masks that its provenance tells.
///
/// Formats that know no sequences are cut by the provenance; without provenance sequences and pieces are
/// what the format tells.
struct ShardSequences {
  let reader: any TokenShardReader
  let provenance: ProvenanceReader?
  /// The number of the next sequence.
  private(set) var number = 0
  /// Tokens of the sequences before the next one.
  private(set) var tokenOffset = 0

  private var cursor: TokenCursor

  init(_ shard: LocatedShard) throws {
    reader = try shard.makeReader()
    provenance = try shard.makeProvenance()
    cursor = TokenCursor(reader)
  }

  var count: Int { provenance?.sequenceCount ?? reader.sequenceCount }

  /// The next sequence; nil at the end, which comes early where the format has fewer tokens than the
  /// provenance.
  mutating func next() throws -> PackedSequence? {
    guard number < count else { return nil }
    var sequence = PackedSequence()
    if let provenance {
      let range = provenance.tokens(ofSequence: number)
      guard let tokens = try cursor.next(range.count) else { return nil }
      sequence.tokens = tokens
      sequence.pieces = provenance.pieces(ofSequence: number)
      sequence.lossMask = provenance.lossMask(of: range)
    } else {
      try reader.read(number, into: &sequence)
    }
    number += 1
    tokenOffset += sequence.tokens.count
    return sequence
  }

  /// True when no token is left behind the last sequence.
  mutating func isAtEnd() throws -> Bool {
    provenance == nil ? number == reader.sequenceCount : try cursor.next(1) == nil
  }
}

/// The tokens of a shard one after the other, wherever its sequences end.
struct TokenCursor {
  private let reader: any TokenShardReader
  private var sequence = PackedSequence()
  private var number = 0
  private var position = 0

  init(_ reader: any TokenShardReader) {
    self.reader = reader
  }

  /// The next `count` tokens; nil when there are fewer.
  mutating func next(_ count: Int) throws(TokenShardError) -> [UInt32]? {
    if position == 0, number < reader.sequenceCount, sequence.tokens.isEmpty {
      try reader.read(number, into: &sequence)
      number += 1
    }
    if position == 0, sequence.tokens.count == count {
      defer { sequence.tokens = [] }
      return sequence.tokens
    }
    var tokens: [UInt32] = []
    tokens.reserveCapacity(min(count, 1 << 24))
    while true {
      let taken = min(count - tokens.count, sequence.tokens.count - position)
      tokens += sequence.tokens[position..<(position + taken)]
      position += taken
      if position == sequence.tokens.count {
        sequence.tokens.removeAll()
        position = 0
      }
      if tokens.count == count { return tokens }
      guard number < reader.sequenceCount else { return nil }
      try reader.read(number, into: &sequence)
      number += 1
    }
  }
}
