import TestSupport
import Testing

@testable import Deduplication

struct ConnectedSetsTests {
  /// Reads pairs as the set task does, in blocks, and gives for each document the first of its set.
  private func firsts(
    _ pairs: [(later: UInt64, earlier: UInt64)], documentCount: Int, memoryByteCount: Int
  ) throws -> (firsts: [UInt64], blockCount: Int) {
    let scratch = try ScratchFolder()
    let sets = ConnectedSets(
      documentCount: documentCount, memoryByteCount: memoryByteCount, besides: scratch.path("s"))
    for block in sets.blocks {
      try sets.connect(block) { take throws(DeduplicationError) in
        for pair in pairs where block.contains(pair.later) { try take(pair.later, pair.earlier) }
      }
    }
    var firsts = Array(0..<UInt64(documentCount))
    var last: UInt64 = 0
    try sets.forEach { document, first in
      #expect(document > last)
      last = document
      firsts[Int(document)] = first
    }
    return (firsts, sets.blocks.count)
  }

  private func slowFirsts(
    _ pairs: [(later: UInt64, earlier: UInt64)], documentCount: Int
  ) -> [UInt64] {
    var group = Array(0..<UInt64(documentCount))
    for pair in pairs {
      let (a, b) = (group[Int(pair.later)], group[Int(pair.earlier)])
      for index in group.indices where group[index] == max(a, b) { group[index] = min(a, b) }
    }
    return group
  }

  @Test(arguments: [1, 12, 100, 500, 3000, 1 << 20])
  func `sets are the same however few documents fit the memory`(memoryByteCount: Int) throws {
    var random = SeededGenerator(seed: UInt64(memoryByteCount))
    for density in [10, 100, 160, 400] {
      let documentCount = Int.random(in: 150...300, using: &random)
      let pairs = (0..<density).map { _ in
        let later = UInt64.random(in: 1..<UInt64(documentCount), using: &random)
        let reach = Bool.random(using: &random) ? later : min(later, 9)
        return (later: later, earlier: later - UInt64.random(in: 1...reach, using: &random))
      }
      let found = try firsts(
        pairs, documentCount: documentCount, memoryByteCount: memoryByteCount)
      #expect(found.firsts == slowFirsts(pairs, documentCount: documentCount))
      #expect((found.blockCount == 1) == (memoryByteCount >= 4 * documentCount))
    }
  }

  @Test func `a chain through all blocks is one set, from either end`() throws {
    let chain = (1..<500).map { (later: UInt64($0), earlier: UInt64($0 - 1)) }
    for pairs in [chain, chain.reversed()] {
      let found = try firsts(pairs, documentCount: 500, memoryByteCount: 120)
      #expect(found.blockCount > 40)
      #expect(found.firsts.allSatisfy { $0 == 0 })
    }
    #expect(try firsts([], documentCount: 0, memoryByteCount: 0).firsts.isEmpty)
  }
}
