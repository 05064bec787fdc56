import Testing

@testable import Deduplication

struct BandCurveTests {
  @Test func `bands and rows are those that datasketch chooses`() throws {
    for (hashCount, percent, weight, bands, rows) in BandGold.choices {
      let curve = try #require(
        BandCurve.best(
          threshold: Double(percent) / 100, hashCount: hashCount,
          falsePositiveWeight: Double(weight) / 10))
      #expect((curve.bands, curve.rows) == (bands, rows), "\(hashCount) \(percent) % \(weight)")
    }
    #expect(BandGold.choices.count > 200)
  }

  @Test func `areas are the integrals that datasketch finds`() {
    for (bands, rows, percent, falsePositive, falseNegative) in BandGold.areas {
      let curve = BandCurve(bands: bands, rows: rows)
      let threshold = Double(percent) / 100
      #expect(abs(curve.falsePositiveArea(below: threshold) - falsePositive) < 1e-7)
      #expect(abs(curve.falseNegativeArea(above: threshold) - falseNegative) < 1e-7)
    }
  }

  @Test func `the areas hold together at the ends and where the numbers are large`() {
    for (bands, rows) in [(1, 1), (14, 8), (4096, 1), (1, 4096), (64, 64)] {
      let curve = BandCurve(bands: bands, rows: rows)
      #expect(curve.falsePositiveArea(below: 0) == 0)
      #expect(curve.falseNegativeArea(above: 1) == 0)
      let whole = curve.falsePositiveArea(below: 1) + curve.falseNegativeArea(above: 0)
      #expect(abs(whole - 1) < 1e-9)
      #expect(curve.falsePositiveArea(below: 0.7) >= 0)
      #expect(curve.falseNegativeArea(above: 0.7) >= 0)
    }
  }

  @Test func `the curve is one half and steep where it says`() {
    let curve = BandCurve(bands: 14, rows: 8)
    #expect(abs(curve.probability(at: curve.halfSimilarity) - 0.5) < 1e-12)
    #expect(abs(curve.halfSimilarity - 0.6847) < 0.0001)
    #expect(abs(curve.steepSimilarity - 0.7190) < 0.0001)
    #expect(abs(curve.probability(at: 0.8) - 0.9236) < 0.0001)
    #expect((curve.probability(at: 0), curve.probability(at: 1)) == (0, 1))
  }

  @Test func `bands or rows that are given stay`() throws {
    let free = try #require(choice())
    #expect((free.bands, free.rows) == (9, 12))
    let bands = try #require(choice(bands: 20))
    #expect((bands.bands, bands.rows) == (20, 5))
    let rows = try #require(choice(rows: 4))
    #expect(rows.rows == 4 && rows.hashCount <= 112)
    #expect(choice(bands: 113) == nil)
    #expect(choice(rows: 113) == nil)
  }

  private func choice(bands: Int? = nil, rows: Int? = nil) -> BandCurve? {
    BandCurve.best(
      threshold: 0.8, hashCount: 112, falsePositiveWeight: 0.5, bands: bands, rows: rows)
  }
}
