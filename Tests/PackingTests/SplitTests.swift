import ByteKernels
import TestSupport
import Testing

@testable import Packing

struct SplitTests {
  static let ids = (0..<100_000).map { "https://example.org/page/\($0)" }

  @Test(arguments: [(0.0, 0), (1.0, 100_000)])
  func `none and all are exact`(share: Double, count: Int) {
    let split = Split(validationShare: share, seed: 7)
    #expect(Self.ids.filter(split.isValidation).count == count)
  }

  @Test(arguments: [0.001, 0.01, 0.25, 0.5, 0.99])
  func `the share is kept within five standard deviations`(share: Double) {
    let split = Split(validationShare: share, seed: 7)
    let count = Double(Self.ids.filter(split.isValidation).count)
    let deviation = (100_000 * share * (1 - share)).squareRoot()
    #expect(abs(count - 100_000 * share) < 5 * deviation)
  }

  @Test func `the answer is the published one: xxh64 of the id under the seed, below the share`() {
    let split = Split(validationShare: 0.3, seed: 42)
    for id in Self.ids.prefix(1000) {
      let hash = XXH64.hash(Array(id.utf8).span, seed: 42)
      #expect(split.isValidation(id) == (Double(hash) / 0x1p64 < 0.3))
    }
  }

  @Test func `a larger share keeps what a smaller one chose, and another seed chooses others`() {
    let small = Set(Self.ids.filter(Split(validationShare: 0.01, seed: 7).isValidation))
    let large = Set(Self.ids.filter(Split(validationShare: 0.02, seed: 7).isValidation))
    let other = Set(Self.ids.filter(Split(validationShare: 0.01, seed: 8).isValidation))
    #expect(small.isSubset(of: large))
    #expect(small.intersection(other).count < 40)
  }
}
