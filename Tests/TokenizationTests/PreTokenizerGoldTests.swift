import FoundationEssentials
import TestSupport
import Testing

@testable import Tokenization

/// Texts split by the engines that defined the patterns, where a file of them is given.
struct PreTokenizerGoldTests {
  struct Line: Decodable {
    let pattern: String
    let text: String
    let ends: [Int]
  }

  /// `Tests/Tools/generate-split-gold.py FILE` writes the file, `SPLIT_GOLD` names it.
  @Test func `texts are split as by the engines that defined the patterns`() throws {
    guard let path = ProcessInfo.processInfo.environment["SPLIT_GOLD"] else {
      print("skipped: no file of split texts (set SPLIT_GOLD to one)")
      return
    }
    var wrong = 0
    for line in try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A) {
      let gold = try JSONDecoder().decode(Line.self, from: line)
      let pattern = try SplitPattern(named: gold.pattern)
      let ends = PieceEnds.ends(of: Array(gold.text.utf8).span, pattern)
      if ends == gold.ends { continue }
      wrong += 1
      if wrong < 10 { Issue.record("\(gold.text.debugDescription) by \(gold.pattern): \(ends)") }
    }
    #expect(wrong == 0)
  }
}
