import ByteKernels
import Foundation
import TestSupport
import Testing

@testable import QualityModel

struct ElementaryFunctionsTests {
  /// How many units in the last place of `right` the two are apart.
  func distance(_ left: Double, _ right: Double) -> Double {
    left == right ? 0 : abs(left - right) / right.ulp
  }

  @Test func `the exponential is the C library's, or its neighbour now and then`() {
    var generator = SeededGenerator(seed: 1)
    var neighbourCount = 0
    for _ in 0..<20_000 {
      let x = Double.random(in: -700...709, using: &generator)
      #expect(distance(ElementaryFunctions.exponential(x), exp(x)) <= 1, "\(x)")
      let small = Double.random(in: -2...2, using: &generator)
      #expect(distance(ElementaryFunctions.exponential(small), exp(small)) <= 1, "\(small)")
      neighbourCount += ElementaryFunctions.exponential(small) == exp(small) ? 0 : 1
    }
    #expect(neighbourCount < 200)
    for x in stride(from: -744.0, to: -700, by: 0.37) {
      #expect(abs(ElementaryFunctions.exponential(x) - exp(x)) <= 2 * exp(x).ulp, "\(x)")
    }
  }

  @Test func `the logarithms agree with the C library`() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<20_000 {
      let x = exp(Double.random(in: -700...700, using: &generator))
      #expect(distance(ElementaryFunctions.logarithm(x), log(x)) <= 2, "\(x)")
      let near = Double.random(in: 0.5...2, using: &generator)
      #expect(distance(ElementaryFunctions.logarithm(near), log(near)) <= 2, "\(near)")
      let share = exp(Double.random(in: -700...0, using: &generator))
      #expect(distance(ElementaryFunctions.logarithmOfOnePlus(share), log1p(share)) <= 2)
    }
  }

  @Test(arguments: [
    (0.0, 1.0), (1000.0, .infinity), (-1000.0, 0.0), (.infinity, .infinity), (-.infinity, 0.0),
  ])
  func `the exponential is right at its ends`(x: Double, expected: Double) {
    #expect(ElementaryFunctions.exponential(x) == expected)
    #expect(ElementaryFunctions.exponential(.nan).isNaN)
  }

  @Test func `the logarithms are right at their ends`() {
    #expect(ElementaryFunctions.logarithm(0) == -.infinity)
    #expect(ElementaryFunctions.logarithm(1) == 0)
    #expect(ElementaryFunctions.logarithm(.infinity) == .infinity)
    #expect(ElementaryFunctions.logarithmOfOnePlus(0) == 0)
    #expect(distance(ElementaryFunctions.logarithmOfOnePlus(1), log(2)) <= 1)
  }
}
