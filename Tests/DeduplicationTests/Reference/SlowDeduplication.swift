@testable import Deduplication

/// The whole of duplicate removal over documents in memory, as its definition reads.
struct SlowDeduplication {
  struct Item {
    let id: String
    let text: String
    let score: Double
  }

  struct Removal: Equatable {
    let id: String
    let kept: String
    let similarity: Double
  }

  private(set) var clusters: [[String]] = []
  private(set) var removed: [Removal] = []

  init(_ items: [Item], _ settings: DeduplicationSettings, seed: UInt64) {
    let hashes = items.map {
      settings.near ? SlowSignature.minHashes($0.text, settings, seed: seed) : []
    }
    let shingles =
      settings.verification == .exact
      ? items.map { SlowSignature.shingleSet($0.text, settings) } : []
    func similarity(_ a: Int, _ b: Int) -> Double {
      shingles.isEmpty
        ? Self.similarity(hashes[a], hashes[b]) : Self.jaccard(shingles[a], shingles[b])
    }
    let takesCandidates = settings.verification == .none || settings.similarityFloor <= 0
    func isLike(_ a: Int, _ b: Int) -> Bool {
      if items[a].text == items[b].text { return true }
      guard takesCandidates else { return similarity(a, b) >= settings.similarityFloor }
      guard !hashes[a].isEmpty, !hashes[b].isEmpty else { return false }
      return (0..<settings.bands).contains {
        let rows = ($0 * settings.rows)..<(($0 + 1) * settings.rows)
        return hashes[a][rows] == hashes[b][rows]
      }
    }
    var group = Array(items.indices)
    for later in items.indices {
      for earlier in Self.candidates(items, hashes, later, settings) {
        guard isLike(later, earlier) else { continue }
        let (a, b) = (group[later], group[earlier])
        for index in items.indices where group[index] == max(a, b) { group[index] = min(a, b) }
      }
    }
    var found: [(Int, Removal)] = []
    for root in items.indices {
      var rest = items.indices.filter { group[$0] == root }
      rest.sort { Self.isPreferred(items, $0, $1, settings.keep) }
      while let kept = rest.first {
        let like = rest.dropFirst().filter {
          settings.chains == .follow || isLike($0, kept)
        }.sorted()
        if !like.isEmpty { clusters.append(([kept] + like).map { items[$0].id }) }
        for index in like {
          let isExact = items[index].text == items[kept].text
          let similarity = isExact ? 1 : similarity(index, kept)
          found.append(
            (index, Removal(id: items[index].id, kept: items[kept].id, similarity: similarity)))
        }
        rest = rest.dropFirst().filter { !like.contains($0) }
      }
    }
    removed = found.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// The first document of each bucket that a document is in, and the one before it there.
  private static func candidates(
    _ items: [Item], _ hashes: [[UInt32]], _ later: Int, _ settings: DeduplicationSettings
  ) -> [Int] {
    var candidates: [Int] = []
    if settings.exact || hashes[later].isEmpty {
      candidates += items[..<later].firstIndex { $0.text == items[later].text }.map { [$0] } ?? []
    }
    guard !hashes[later].isEmpty else { return candidates }
    for band in 0..<settings.bands {
      let rows = (band * settings.rows)..<((band + 1) * settings.rows)
      let own = hashes[later][rows]
      let bucket = hashes[..<later].indices.filter {
        !hashes[$0].isEmpty && hashes[$0][rows] == own
      }
      candidates += bucket.prefix(1) + bucket.suffix(1)
    }
    return candidates
  }

  static func jaccard<Shingle>(_ a: Set<Shingle>, _ b: Set<Shingle>) -> Double {
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    return Double(a.intersection(b).count) / Double(a.union(b).count)
  }

  private static func similarity(_ a: [UInt32], _ b: [UInt32]) -> Double {
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    return Double(zip(a, b).count { $0 == $1 }) / Double(a.count)
  }

  private static func isPreferred(_ items: [Item], _ a: Int, _ b: Int, _ order: KeepOrder) -> Bool {
    let (mine, others): (Double, Double)
    switch order.rules[0] {
    case .longest:
      (mine, others) = (Double(items[a].text.utf8.count), Double(items[b].text.utf8.count))
    case .shortest:
      (mine, others) = (-Double(items[a].text.utf8.count), -Double(items[b].text.utf8.count))
    case .score: (mine, others) = (items[a].score, items[b].score)
    default: return a < b
    }
    if mine != others { return mine > others }
    return items[a].id == items[b].id ? a < b : items[a].id < items[b].id
  }
}
