import FoundationEssentials
import TestSupport
import Testing

@testable import Tokenization

struct ScalarClassRangesTests {
  /// `RECORD_TABLES=1 swift test --filter ScalarClassRangesTests` writes the file anew, and fails.
  @Test func `the committed ranges are what the generator writes`() throws {
    let path = "\(SourceTree.root)/\(ScalarClassGenerator.path)"
    let expected = ScalarClassGenerator.file()
    let found = try String(contentsOfFile: path, encoding: .utf8)
    if ProcessInfo.processInfo.environment["RECORD_TABLES"] != nil {
      try expected.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record("Recorded \(path)")
    }
    #expect(found == expected)
  }

  @Test func `the counts are those of tiktoken 0.14 and Hugging Face tokenizers 0.23`() {
    func count(_ ranges: [UInt32]) -> Int {
      stride(from: 0, to: ranges.count, by: 2).reduce(0) {
        $0 + Int(ranges[$1 + 1] - ranges[$1]) + 1
      }
    }
    #expect(count(ScalarClassRanges.letters) == 141_028)
    #expect(count(ScalarClassRanges.numbers) == 1_911)
    #expect(count(ScalarClassRanges.whitespace) == 25)
  }

  @Test func `the table gives every scalar its class`() {
    for value in 0...UInt32(0x10FFFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let expected: ScalarClass =
        switch ScalarClassGenerator.scalarClass(scalar) {
        case .letters: .letter
        case .numbers: .number
        case .whitespace: .whitespace
        case nil: .other
        }
      #expect(ScalarClassTable.shared.scalarClass(value) == expected)
    }
  }
}
