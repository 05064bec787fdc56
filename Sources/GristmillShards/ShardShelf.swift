internal import ByteKernels
internal import Packing

/// Shards that are opened when they are asked for, so that a set may have more than a process may have
/// open.
///
/// Those asked for last stay open.
final class ShardShelf {
  /// A shard that is to be opened, and what is known of it.
  struct Found {
    var path: String
    var hints: TokenShardHints
    var format: TokenShardFormat?
    var sequenceCount: Int?
    var tokenCount: Int?
  }

  /// A shard whose sequences are counted.
  struct Entry {
    let path: String
    let sequenceCount: Int
    let tokenCount: Int
    fileprivate let found: Found
  }

  /// In the order of their sequences.
  private(set) var entries: [Entry] = []

  private var open: [Int: StoredShard] = [:]
  /// The shards that are open, that asked for last at the end.
  private var recent: [Int] = []

  private static let openLimit = 64

  /// Opens the shards of which it is not known how many sequences they have, one after the other.
  init(_ found: [Found]) throws(ShardsError) {
    for shard in found {
      if let sequences = shard.sequenceCount, let tokens = shard.tokenCount {
        guard sequences >= 0, tokens >= 0, sequences < 1 << 48, tokens < 1 << 56 else {
          throw ShardsError(
            message: "\(shard.path): cannot have \(sequences) sequences and \(tokens) tokens")
        }
        entries.append(
          Entry(path: shard.path, sequenceCount: sequences, tokenCount: tokens, found: shard))
        continue
      }
      let stored = try StoredShard(shard.path, shard.hints, format: shard.format)
      keep(stored, as: entries.count)
      entries.append(
        Entry(
          path: stored.path, sequenceCount: stored.sequenceCount, tokenCount: stored.tokenCount,
          found: shard))
    }
  }

  /// A shard, opened unless it is; one with other sequences than was said is refused.
  func shard(_ number: Int) throws(ShardsError) -> StoredShard {
    if recent.last == number, let shard = open[number] { return shard }
    if let shard = open[number] {
      recent.removeAll { $0 == number }
      recent.append(number)
      return shard
    }
    let entry = entries[number]
    let shard = try StoredShard(entry.path, entry.found.hints, format: entry.found.format)
    guard shard.sequenceCount == entry.sequenceCount, shard.tokenCount == entry.tokenCount else {
      throw ShardsError(
        message: "\(shard.path): has \(shard.sequenceCount) sequences and \(shard.tokenCount) "
          + "tokens, but was to have \(entry.sequenceCount) and \(entry.tokenCount); it is not of this "
          + "set, or was changed")
    }
    keep(shard, as: number)
    return shard
  }

  private func keep(_ shard: StoredShard, as number: Int) {
    if recent.count == Self.openLimit { open[recent.removeFirst()] = nil }
    recent.append(number)
    open[number] = shard
  }
}
