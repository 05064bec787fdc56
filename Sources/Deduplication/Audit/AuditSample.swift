/// The sampled documents of all shards, with their sets of shingles.
final class AuditSample {
  /// Documents of a group that each is compared with; a larger group is compared in a ring.
  static let neighbourLimit = 16
  /// Documents of a group that are compared.
  static let documentLimit = 2048

  private struct Place {
    /// Among those that are no index's.
    let shard: Int
    let index: Int
  }

  private let files: [ShingleFile]
  private var places: [UInt64: Place] = [:]
  /// Documents of one sample key, ascending; in order of their first documents.
  private(set) var groups: [[UInt64]] = []

  init(
    prefixes: [String], indexShardCount: Int, bases: [Int], limit: UInt64, settingsDigest: UInt64
  ) throws(DeduplicationError) {
    var files: [ShingleFile] = []
    var byKey: [UInt64: [UInt64]] = [:]
    for (shard, prefix) in prefixes.enumerated().dropFirst(indexShardCount) {
      let file = try ShingleFile(path: "\(prefix).shingles", settingsDigest: settingsDigest)
      guard file.documentCount == bases[shard + 1] - bases[shard] else {
        throw .mismatched(path: file.path, what: "does not fit the signatures beside it")
      }
      for index in 0..<file.count {
        let entry = try file.entry(index)
        guard entry.row >= 0, entry.row < file.documentCount else {
          throw .damaged(path: file.path, byteOffset: 0, what: "an entry has no row of the shard")
        }
        // An empty set is that of a text without a shingle, which has no key.
        guard entry.sampleKey <= limit, entry.sampleKey != 0 else { continue }
        let document = UInt64(bases[shard] + entry.row)
        places[document] = Place(shard: files.count, index: index)
        byKey[entry.sampleKey, default: []].append(document)
      }
      file.close()
      files.append(file)
    }
    self.files = files
    groups = byKey.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }

  var count: Int { places.count }

  func contains(_ document: UInt64) -> Bool { places[document] != nil }

  /// The exact Jaccard similarity of two documents of the sample.
  func similarity(
    _ left: UInt64, _ right: UInt64
  ) throws(DeduplicationError) -> Similarity {
    ShingleSets.similarity(try shingles(left), try shingles(right))
  }

  private func shingles(_ document: UInt64) throws(DeduplicationError) -> [UInt32] {
    guard let place = places[document] else { return [] }
    let bytes = try files[place.shard].shingles(place.index)
    files[place.shard].close()
    return RecordBytes.words(of: bytes)
  }

  /// Pairs of a group, all or some that count for all: no more than 16 for each of 2048 documents.
  static func pairs(of group: [UInt64]) -> [(left: UInt64, right: UInt64, weight: Double)] {
    let count = min(group.count, documentLimit)
    let chosen = (0..<count).map { group[$0 * group.count / count] }
    var pairs: [(left: UInt64, right: UInt64, weight: Double)] = []
    for (place, left) in chosen.enumerated() {
      let isRing = count > 2 * neighbourLimit + 1
      for step in 1...neighbourLimit where isRing || place + step < count {
        pairs.append((left, chosen[(place + step) % count], 1))
      }
      // Without a ring, those further away too: then all pairs are there.
      if !isRing {
        for right in chosen.dropFirst(place + neighbourLimit + 1) { pairs.append((left, right, 1)) }
      }
    }
    let weight = Double(group.count) * Double(group.count - 1) / 2 / Double(pairs.count)
    return pairs.map { ($0.left, $0.right, weight) }
  }
}
