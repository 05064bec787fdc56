internal import ByteKernels
internal import Packing

/// What one task packed, and whose the tokens are, for the stage `shards/card`.
struct PackedCounts: Codable {
  /// One shard, files left out.
  struct Shard: Codable {
    let name: String
    let part: String
    let number: Int
    let sequences: Int
    let tokens: Int
    let padding: Int
    let documents: Int
  }

  var shards: [Shard] = []
  var sources = NameCounts()
  var languages = NameCounts()
  var licenses = NameCounts()

  /// Where the counts of a task stand in the run folder.
  static func path(ofTask index: Int) -> String { "counts/\(RunFolder.number(index)).json" }

  /// Counts a document by what its record says of it.
  mutating func count(_ origin: DocumentOrigin, _ labels: DocumentLabels, tokenCount: Int) {
    sources.count(origin.source, tokenCount: tokenCount)
    languages.count(labels.language, tokenCount: tokenCount)
    licenses.count(labels.license, tokenCount: tokenCount)
  }

  /// Adds what another task counted of documents; shards are left alone.
  mutating func add(_ other: PackedCounts) {
    sources += other.sources
    languages += other.languages
    licenses += other.licenses
  }
}

/// Documents and their tokens by a name that documents carry, of which there may be any number.
///
/// The first names are counted each by itself, later ones together, so memory is bounded; which come
/// first follows from the plan alone.
struct NameCounts: Codable, Equatable {
  struct Count: Codable, Equatable {
    var documents = 0
    var tokens = 0

    static func += (left: inout Count, right: Count) {
      left.documents += right.documents
      left.tokens += right.tokens
    }
  }

  /// Under the empty name those that carry none.
  private(set) var named: [String: Count] = [:]
  private(set) var rest = Count()

  private static let maximumNameCount = 4096
  private static let maximumSumCount = 1 << 18
  private static let maximumNameByteCount = 256

  mutating func count(_ name: String, tokenCount: Int) {
    add(name, Count(documents: 1, tokens: tokenCount), limit: Self.maximumNameCount)
  }

  static func += (left: inout NameCounts, right: NameCounts) {
    for (name, count) in right.named.sorted(by: { $0.key < $1.key }) {
      left.add(name, count, limit: maximumSumCount)
    }
    left.rest += right.rest
  }

  private mutating func add(_ name: String, _ count: Count, limit: Int) {
    if let known = named.index(forKey: name) {
      named.values[known] += count
    } else if named.count < limit, name.utf8.count <= Self.maximumNameByteCount {
      named[name] = count
    } else {
      rest += count
    }
  }

  /// The names with most tokens, at most `limit` of them, and all others together.
  func largest(_ limit: Int) -> (names: [(name: String, count: Count)], rest: Count) {
    let ordered = named.filter { !$0.key.isEmpty }
      .sorted { ($1.value.tokens, $0.key) < ($0.value.tokens, $1.key) }
    var others = rest
    for (_, count) in ordered.dropFirst(limit) { others += count }
    return (ordered.prefix(limit).map { ($0.key, $0.value) }, others)
  }
}
