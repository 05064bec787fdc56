internal import ByteKernels
internal import Packing

/// Token shards of any format that Gristmill reads, as one list of sequences in random access.
///
/// A sequence is what the shards store: a training sample, or a document. Shards of a described folder are
/// opened when they are asked for; of others the sequences are counted first, for which formats that do
/// not say where documents end, or how long they are, are read once. Some dozens are kept open. MDS
/// shards compressed with zstd are unpacked into the folder for temporary files. An object is for one
/// thread at a time; each thread may open its own.
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

  private let shards: ShardShelf
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
    shards = try ShardShelf(try Self.find(FileSystem.absolute(path), part, given))
    if shards.entries.isEmpty {
      let part = part.map { " of the part '\($0.rawValue)'" } ?? ""
      throw ShardsError(message: "\(path): holds no token shards\(part)")
    }
    var firsts: [Int] = []
    var (sequences, tokens) = (0, 0)
    for entry in shards.entries {
      firsts.append(sequences)
      sequences += entry.sequenceCount
      tokens += entry.tokenCount
    }
    self.firsts = firsts
    (sequenceCount, tokenCount) = (sequences, tokens)
  }

  /// The shards in the order of their sequences: the files that they are opened with, or what a
  /// description calls them.
  public var paths: [String] { shards.entries.map(\.path) }

  /// A sequence by its number among those of all shards.
  public func sequence(_ number: Int) throws(ShardsError) -> TokenSequence {
    let (shard, inside) = place(of: number)
    return try shards.shard(shard).sequence(inside)
  }

  /// Where the document of a piece comes from; nil for padding, and for shards without provenance.
  public func origin(
    of piece: TokenSequence.Piece, inSequence number: Int
  ) throws(ShardsError) -> Origin? {
    guard let document = piece.document else { return nil }
    let origin = try shards.shard(place(of: number).shard).origin(ofDocument: document)
    return origin.map { Origin(id: $0.id, source: $0.source, record: $0.record, url: $0.url) }
  }

  private func place(of number: Int) -> (shard: Int, inside: Int) {
    precondition(number >= 0 && number < sequenceCount, "no such sequence")
    // The last shard that begins at or before the sequence; empty ones have none.
    var (low, high) = (0, firsts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if firsts[middle] <= number { low = middle } else { high = middle - 1 }
    }
    return (low, number - firsts[low])
  }

  private static func find(
    _ path: String, _ part: Part?, _ given: TokenShardHints
  ) throws(ShardsError) -> [ShardShelf.Found] {
    guard FileSystem.status(path)?.isDirectory == true else {
      return [ShardShelf.Found(path: path, hints: given)]
    }
    for folder in [path, "\(path)/shards"] {
      guard let set = try ShardSetDescription.read(in: folder) else { continue }
      var hints = set.hints
      if let width = given.tokenByteCount { hints.tokenByteCount = width }
      if let end = given.endOfDocument { hints.endOfDocument = end }
      let order = Part.allCases.map(\.rawValue)
      let chosen = part.map { [$0.rawValue] } ?? order
      return chosen.flatMap { part in
        set.shards.filter { $0.part == part }.sorted { $0.number < $1.number }.map { shard in
          ShardShelf.Found(
            path: "\(folder)/\(shard.name)", hints: hints,
            format: TokenShardFormat(rawValue: set.format), sequenceCount: shard.sequences,
            tokenCount: shard.tokens)
        }
      }
    }
    let folder = FoundShards(below: path)
    if let unread = folder.unread.first {
      throw ShardsError(
        message: "\(unread): is named as a shard, but cannot be read as one; it was cut short, or "
          + "does not belong into the folder")
    }
    let parts = folder.paths.map { FoundShards.part(ofFile: $0, in: path) }
    let isParted = part != nil && parts.contains { $0 != nil }
    return zip(folder.paths, parts).filter { !isParted || $1?.rawValue == part?.rawValue }
      .map { ShardShelf.Found(path: $0.0, hints: given) }
  }
}

/// What is wrong with shards, and what would be right.
public struct ShardsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Names the file, and the byte where known.
  public let message: String

  /// The message.
  public var description: String { message }
}
