import FoundationEssentials
import TestSupport
import Testing

@testable import Deduplication

/// What datatrove makes of texts, written by `Tests/Tools/generate-datatrove-gold.py`: a sample in the
/// fixtures, and as much as one likes in the files that GRISTMILL_DATATROVE_GOLD names.
struct DatatroveGoldTests {
  static let paths: [String] = {
    let more = ProcessInfo.processInfo.environment["GRISTMILL_DATATROVE_GOLD"]
    return ["\(SourceTree.root)/Tests/Fixtures/Deduplication/datatrove.tsv"]
      + (more.map { $0.split(separator: ",").map(String.init) } ?? [])
  }()

  @Test(arguments: paths) func `words are those of datatrove`(path: String) throws {
    let words = DatatroveWords()
    var (caseCount, wrongCount) = (0, 0)
    for fields in try DatatroveGold.rows(path) {
      caseCount += 1
      let text = DatatroveGold.unescaped(fields[0])
      let found = DatatroveGold.words(of: text, words)
      if found[...] == fields[1] { continue }
      wrongCount += 1
      if wrongCount <= 20 { Issue.record("\(DatatroveGold.difference(found[...], fields[1]))") }
    }
    #expect(caseCount > 100)
    #expect(wrongCount == 0, "of \(caseCount)")
  }
}
