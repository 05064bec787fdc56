import QualityModel
import Testing

struct GoodLabelTests {
  @Test(arguments: [
    (["0", "1"], 1), (["1", "0"], 0), (["1.0", "0.0"], 0), (["-1", "1"], 1), (["hq", "low"], 0),
    (["1", "spam"], 0), (["bad", "Good", "mixed"], 1), (["0", "1", "keep"], 2),
  ])
  func `the label is good whose name plainly says so`(labels: [String], position: Int) {
    #expect(GoodLabel.position(in: labels) == position)
  }

  @Test(arguments: [
    ["1", "2"], ["0", "2"], ["a", "b"], ["1", "hq"], ["good", "high"],
    ["0", "1", "2", "3", "4", "5"], ["1", "bad", "mixed"], ["good", "mixed", "pos"],
  ])
  func `no label is good where none or several say so, and a number among many is none`(
    labels: [String]
  ) {
    #expect(GoodLabel.position(in: labels) == nil)
  }
}
