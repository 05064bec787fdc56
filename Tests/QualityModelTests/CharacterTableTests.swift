import FoundationEssentials
import TestSupport
import Testing

@testable import TextAnalysis

struct CharacterTableTests {
  @Test func `the generated ranges are what the generator writes`() throws {
    let path = "\(SourceTree.root)/Sources/TextAnalysis/Java/Generated/CharacterRanges.swift"
    let wanted = CharacterRangesGenerator.file()
    let present = try String(contentsOfFile: path, encoding: .utf8)
    if ProcessInfo.processInfo.environment["RECORD_TABLES"] == "1" {
      try wanted.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(present == wanted, "run the test once with RECORD_TABLES=1 and look at the difference")
  }

  @Test func `the table answers as the Unicode data does`() {
    let table = CharacterTable.shared
    var wrong: [String] = []
    for value in 0..<UInt32(CharacterTable.limit) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let entry = table[value]
      let isRight =
        entry.bits >> 21 == CharacterRangesGenerator.characterClass(scalar)
        && entry.lowercase == CharacterRangesGenerator.lowercase(scalar).value
      if !isRight { wrong.append(String(value, radix: 16)) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(10))")
  }
}
