import TestSupport
import Testing

@testable import Deduplication

struct BloomFilterTests {
  @Test(arguments: [
    (1, 0.5), (777, 0.1), (1 << 16, 0.01), (100_003, 0.01), (65_535, 0.001), (131_071, 0.03),
  ])
  func `a full filter errs no more often than it was asked to, at any size`(
    capacity: Int, errorRate: Double
  ) throws {
    var generator = SeededGenerator(seed: UInt64(capacity))
    var filter = try BloomFilter(
      capacity: capacity, errorRate: errorRate, memoryByteCount: 1 << 22)
    var keys: [(UInt64, UInt64)] = []
    while filter.count < capacity {
      let key = (generator.next(), generator.next())
      if try !filter.insert(high: key.0, low: key.1) { keys.append(key) }
    }
    for key in keys { #expect(try filter.insert(high: key.0, low: key.1)) }
    // A full filter takes no new key: it says so, or errs.
    let trials = 200_000
    var errors = 0
    for _ in 0..<trials {
      let key = (generator.next(), generator.next())
      do throws(DeduplicationError) {
        if try filter.insert(high: key.0, low: key.1) { errors += 1 }
      } catch {
        continue
      }
    }
    let deviation = (errorRate * Double(trials)).squareRoot()
    #expect(Double(errors) <= errorRate * Double(trials) + 3 * deviation, "\(errors)")
    // Nor is much more spent than the rate takes: 1.44 bits a key for each halving, ideally.
    if capacity > 1000 { #expect(Double(errors) > 0.6 * errorRate * Double(trials), "\(errors)") }
  }

  @Test func `one key too many is an error, and too little memory is said with what it takes`()
    throws
  {
    var filter = try BloomFilter(capacity: 2, errorRate: 0.001, memoryByteCount: 1 << 10)
    #expect(try !filter.insert(high: 1 << 60, low: 1))
    #expect(try !filter.insert(high: 2 << 60, low: 2))
    #expect(try filter.insert(high: 2 << 60, low: 2))
    #expect(throws: DeduplicationError.self) { try filter.insert(high: 3 << 60, low: 3) }
    #expect {
      try BloomFilter(capacity: 1_000_000, errorRate: 0.001, memoryByteCount: 1 << 20)
    } throws: { "\($0)".contains("bytes") }
    for capacity in [100_000_000_000_000, .max] {
      #expect(throws: DeduplicationError.self) {
        try BloomFilter(capacity: capacity, errorRate: 1e-9, memoryByteCount: 1 << 20)
      }
    }
  }

  @Test func `a filter finds all copies and few others, the same for any shards`() throws {
    let texts = PieceTests.texts(count: 300, seed: 12)
    var settings = PieceTests.settings { $0.lines = .first }
    let exact = try FastPieces(texts, settings, shardCount: 3).run().left
    settings.pieces.filterErrorRate = 1e-6
    for shardCount in [1, 3, 9] {
      #expect(try FastPieces(texts, settings, shardCount: shardCount).run().left == exact)
    }
    settings.pieces.filterCapacity = 10
    #expect(throws: DeduplicationError.self) {
      try FastPieces(texts, settings, shardCount: 3).run()
    }
    settings.pieces.lines = .none
    #expect(throws: (any Error).self) { try settings.validate() }
  }
}
