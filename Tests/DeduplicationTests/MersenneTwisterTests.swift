import Testing

@testable import Deduplication

/// Every expected number was printed by numpy 2.4.6.
struct MersenneTwisterTests {
  @Test(
    arguments: [
      (0, [2_357_136_044, 2_546_248_239, 3_071_714_933]),
      (1, [1_791_095_845, 4_282_876_139, 3_093_770_124]),
      (42, [1_608_637_542, 3_421_126_067, 4_083_286_876]),
      (UInt32.max, [419_326_371, 479_346_978, 3_918_654_476]),
    ] as [(UInt32, [UInt64])])
  func `a seed gives numpy's stream of 32-bit numbers`(seed: UInt32, expected: [UInt64]) {
    var generator = MersenneTwister(seed: seed)
    #expect(expected.indices.map { _ in generator.integer(in: 0..<1 << 32) } == expected)
  }

  /// `RandomState(7).randint` with the same bounds, one call after the other.
  @Test func `every width of range is drawn as numpy draws it`() {
    var generator = MersenneTwister(seed: 7)
    func draw(_ count: Int, _ range: Range<UInt64>) -> [UInt64] {
      (0..<count).map { _ in generator.integer(in: range) }
    }
    #expect(
      draw(4, 0..<(1 << 32) - 5) == [327_741_615, 976_413_892, 3_349_725_721, 1_369_975_286])
    #expect(draw(8, 10..<20) == [13, 13, 17, 17, 19, 17, 18, 19])
    #expect(draw(2, 5..<6) == [5, 5])
  }

  @Test func `the parameters are those that datatrove draws with seed 1`() {
    let prime: UInt64 = (1 << 61) - 1
    var generator = MersenneTwister(seed: 1)
    let multipliers = (0..<112).map { _ in generator.integer(in: 1..<prime) }
    let offsets = (0..<112).map { _ in generator.integer(in: 0..<prime) }
    #expect(
      multipliers.prefix(3) == [
        775_169_054_918_279_404, 1_758_426_461_858_698_313, 2_109_959_069_025_162,
      ])
    #expect(multipliers.suffix(2) == [873_278_286_232_559_572, 223_865_076_026_037_746])
    #expect(
      offsets.prefix(3) == [
        1_062_448_801_025_099_917, 1_324_811_268_927_594_100, 1_217_488_311_597_731_462,
      ])
    #expect(offsets.suffix(2) == [110_622_250_926_641_691, 1_097_409_548_522_419_201])
  }

  @Test func `the parameters are those that datasketch draws with seed 1`() {
    let prime: UInt64 = (1 << 61) - 1
    var generator = MersenneTwister(seed: 1)
    #expect(generator.integer(in: 1..<prime) == 775_169_054_918_279_404)
    #expect(generator.integer(in: 0..<prime) == 1_758_426_461_858_698_312)
  }
}
