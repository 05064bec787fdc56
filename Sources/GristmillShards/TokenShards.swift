internal import ByteKernels
internal import Packing

/// Token shards of any format that Gristmill reads, as one list of sequences in random access.
///
/// A sequence is what the shards store: a training sample, or a document. Files are mapped, and nothing
/// but what is asked for is read. An object is for one thread at a time; each thread may open its own.
public final class TokenShards {
  /// A part of a split corpus.
  public enum Part: String, Sendable, CaseIterable {
    case train
    case validation = "val"
    case test
  }

  /// Where a document comes from.
  public struct Origin: Sendable, Equatable {
    /// The document's id.
    public let id: String
    /// The source the document names, by default its input file.
    public let source: String
    /// Base name of the input file and place of the record in it; empty when unknown.
    public let record: String
    /// Empty when the document has none.
    public let url: String
  }

  /// Sequences of all shards.
  public let sequenceCount: Int
  /// Tokens of all shards, padding included.
  public let tokenCount: Int

  private let shards: [StoredShard]
  /// How many sequences stand before each shard.
  private let firsts: [Int]

  /// Opens a folder of shards, or one shard by the path of any of its files.
  ///
  /// A folder with a `shards.json` (or a run's, with `shards/shards.json`) is read as that says; in
  /// another, `part` chooses files and folders by their names where some are named so, and all are
  /// taken otherwise; nil takes all. `tokenByteCount` (2 or 4) and `endOfDocument` are for formats that
  /// do not tell them; where shards have provenance beside them, that says what documents there are.
  public init(
    contentsOf path: String, part: Part? = .train, tokenByteCount: Int? = nil,
    endOfDocument: UInt32? = nil
  ) throws(ShardsError) {
    let given = TokenShardHints(tokenByteCount: tokenByteCount, endOfDocument: endOfDocument)
    let (paths, hints) = try Self.shardPaths(FileSystem.absolute(path), part, given)
    var shards: [StoredShard] = []
    for path in paths { shards.append(try StoredShard(path, hints)) }
    if shards.isEmpty {
      let part = part.map { " of the part '\($0.rawValue)'" } ?? ""
      throw ShardsError(message: "\(path): holds no token shards\(part)")
    }
    self.shards = shards
    var firsts: [Int] = []
    var count = 0
    for shard in shards {
      firsts.append(count)
      count += shard.sequenceCount
    }
    self.firsts = firsts
    sequenceCount = count
    tokenCount = shards.reduce(0) { $0 + $1.tokenCount }
  }

  /// The files that the shards are opened with, in the order of their sequences.
  public var paths: [String] { shards.map(\.path) }

  /// A sequence by its number among those of all shards.
  public func sequence(_ number: Int) throws(ShardsError) -> TokenSequence {
    let (shard, inside) = place(of: number)
    return try shards[shard].sequence(inside)
  }

  /// Where the document of a piece comes from; nil for padding, and for shards without provenance.
  public func origin(
    of piece: TokenSequence.Piece, inSequence number: Int
  ) throws(ShardsError) -> Origin? {
    guard let document = piece.document else { return nil }
    let origin = try shards[place(of: number).shard].origin(ofDocument: document)
    return origin.map { Origin(id: $0.id, source: $0.source, record: $0.record, url: $0.url) }
  }

  private func place(of number: Int) -> (shard: Int, inside: Int) {
    precondition(number >= 0 && number < sequenceCount, "no such sequence")
    // The last shard that begins at or before the sequence; empty ones have none.
    var (low, high) = (0, shards.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if firsts[middle] <= number { low = middle } else { high = middle - 1 }
    }
    return (low, number - firsts[low])
  }

  private static func shardPaths(
    _ path: String, _ part: Part?, _ given: TokenShardHints
  ) throws(ShardsError) -> (paths: [String], hints: TokenShardHints) {
    guard FileSystem.status(path)?.isDirectory == true else { return ([path], given) }
    for folder in [path, "\(path)/shards"] {
      guard let set = try ShardSetDescription.read(in: folder) else { continue }
      var hints = set.hints
      if let width = given.tokenByteCount { hints.tokenByteCount = width }
      if let end = given.endOfDocument { hints.endOfDocument = end }
      let order = Part.allCases.map(\.rawValue)
      let chosen = part.map { [$0.rawValue] } ?? order
      let paths = chosen.flatMap { part in
        set.shards.filter { $0.part == part }.sorted { $0.number < $1.number }
          .map { "\(folder)/\($0.name)" }
      }
      return (paths, hints)
    }
    let folder = FoundShards(below: path)
    if let unread = folder.unread.first {
      throw ShardsError(
        message: "\(unread): is named as a shard, but cannot be read as one; it was cut short, or "
          + "does not belong into the folder")
    }
    let found = folder.paths
    let named = found.filter { file in Part.allCases.contains { isNamed(file, $0, in: path) } }
    guard let part, !named.isEmpty else { return (found, given) }
    return (named.filter { isNamed($0, part, in: path) }, given)
  }

  /// True when the file, or the folder of the set that it is in, is named after the part.
  private static func isNamed(_ file: String, _ part: Part, in folder: String) -> Bool {
    let steps = file.dropFirst(folder.count).split(separator: "/")
    return [steps.first, steps.last].contains { step in
      step?.split { !$0.isLetter }.contains(part.rawValue[...]) == true
    }
  }
}

/// What is wrong with shards, and what would be right.
public struct ShardsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Names the file, and the byte where known.
  public let message: String

  /// The message.
  public var description: String { message }
}
