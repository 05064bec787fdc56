import GristmillShards
import Testing

struct SampleOrderTests {
  @Test(arguments: Array(0..<40) + [255, 256, 257, 5000])
  func `every sample comes once`(_ count: Int) {
    let order = SampleOrder(count: count, seed: 3, epoch: 1)
    #expect((0..<count).map { order[$0] }.sorted() == Array(0..<count))
  }

  /// The same numbers stand in `Loader/tests/test_order.py`.
  @Test func `the order is that of the Python package`() {
    let small = SampleOrder(count: 10, seed: 7)
    #expect((0..<10).map { small[$0] } == [1, 0, 3, 5, 7, 6, 8, 9, 4, 2])
    let wide = SampleOrder(count: 1_000_000_000_000_000, seed: .max, epoch: 3)
    #expect(wide[0] == 871_040_024_346_016)
    #expect(wide[1] == 938_926_039_756_125)
    #expect(wide[999_999_999_999_999] == 948_883_002_567_668)
  }

  @Test(arguments: [1, 2, 3, 7]) func `ranks part the samples`(_ worldSize: Int) {
    let order = SampleOrder(count: 101, seed: 5)
    let ranks = (0..<worldSize).map { Array(order.samples(rank: $0, worldSize: worldSize)) }
    #expect(ranks.flatMap { $0 }.sorted() == Array(0..<101))
    #expect((0..<101).map { order[$0] } == (0..<101).map { ranks[$0 % worldSize][$0 / worldSize] })
  }
}
