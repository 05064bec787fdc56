import TestSupport
import Testing

@testable import Deduplication

/// Copies with words changed meet as often as bands and rows promise for their exact similarity.
struct CandidateCurveTests {
  private struct Pair {
    let original: [String]
    let copy: [String]

    /// The exact Jaccard similarity of the sets of 5-word shingles.
    var similarity: Double {
      let (left, right) = (Self.shingles(original), Self.shingles(copy))
      return Double(left.intersection(right).count) / Double(left.union(right).count)
    }

    private static func shingles(_ words: [String]) -> Set<ArraySlice<String>> {
      Set((0...(words.count - 5)).map { words[$0..<($0 + 5)] })
    }
  }

  /// Texts of 150 words with a copy in which a share of the words is another one.
  private func pairs(_ count: Int, share: Double, seed: UInt64) -> [Pair] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let words = RandomText.words(count: 150, vocabulary: 100_000, using: &generator)
      let copy = words.map { word in
        Double.random(in: 0..<1, using: &generator) < share ? "x\(word)" : word
      }
      return Pair(original: words, copy: copy)
    }
  }

  @Test(arguments: [(14, 8), (20, 5), (9, 12)])
  func `the share of candidates is within what chance allows`(bands: Int, rows: Int) throws {
    var settings = DeduplicationSettings()
    (settings.bands, settings.rows, settings.minimumSimilarity) = (bands, rows, 0)
    for (seed, share) in [(1, 0.01), (2, 0.02), (3, 0.03), (4, 0.05), (5, 0.1), (6, 0.2), (7, 0.3)]
    {
      let pairs = pairs(80, share: share, seed: UInt64(seed))
      let fast = try FastDeduplication(settings: settings, seed: 3, shardCount: 2)
      try fast.sign(
        pairs.enumerated().flatMap { number, pair in
          [("o", pair.original), ("c", pair.copy)].map { side, words in
            .init(id: "\(side)\(number)", text: words.joined(separator: " "), score: 0)
          }
        })
      try fast.bucket()
      try fast.cluster()
      let found = Double(try fast.clusters().count)
      let promised = pairs.map { settings.curve.probability(at: $0.similarity) }
      let expected = promised.reduce(0, +)
      // Four standard deviations, and one pair where there is next to no variance.
      let spread = 4 * promised.reduce(0) { $0 + $1 * (1 - $1) }.squareRoot() + 1
      #expect(abs(found - expected) < spread, "\(share): \(found) of 80, \(expected) expected")
    }
  }
}
