import FoundationEssentials
import TestSupport
import Testing

@testable import Tokenization

struct ScalarClassRangesTests {
  /// `RECORD_TABLES=1 swift test --filter ScalarClassRangesTests` writes the file anew, and fails.
  @Test(arguments: ScalarClassGenerator.paths)
  func `the committed ranges are what the generator writes`(name: String) throws {
    let path = "\(SourceTree.root)/\(name)"
    let expected = ScalarClassGenerator.file(name)
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
    #expect(count(ScalarClassRanges.capitals) == 1_889)
    #expect(count(ScalarClassRanges.lowercase) == 2_258)
    #expect(count(ScalarClassRanges.marks) == 2_501)
    #expect(count(ScalarClassRanges.signs) == 9_369)
  }

  @Test func `the table gives every scalar its classes`() {
    var wrong: [UInt32] = []
    for value in 0...UInt32(0x10FFFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      func has(_ wanted: ScalarClassGenerator.Class) -> Bool {
        ScalarClassGenerator.contains(scalar, wanted)
      }
      var expected: ScalarClass = []
      if has(.letters) { expected.insert(.letter) }
      if has(.numbers) { expected.insert(.number) }
      if has(.whitespace) { expected.insert(.whitespace) }
      if has(.capitals) { expected.insert(.capital) }
      if has(.lowercase) { expected.insert(.lowercase) }
      if has(.marks) { expected.insert(.mark) }
      if has(.signs) { expected.insert(.sign) }
      // The class that DeepSeek's pattern isolates: [一-龥぀-ゟ゠-ヿ].
      if (0x4E00...0x9FA5).contains(value) || (0x3040...0x30FF).contains(value) {
        expected.insert(.ideograph)
      }
      // An expectation for each would take ten times as long.
      if ScalarClassTable.shared.scalarClass(value) != expected { wrong.append(value) }
    }
    #expect(wrong == [])
  }
}
