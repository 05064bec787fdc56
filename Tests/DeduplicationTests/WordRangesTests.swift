import FoundationEssentials
import TestSupport
import Testing

@testable import Deduplication

struct WordRangesTests {
  static let path = "\(SourceTree.root)/Sources/Deduplication/Kernels/Generated/WordRanges.swift"

  @Test func `the table says of every code point what the Unicode data say`() {
    let table = WordClassTable.shared
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), isKnown(scalar) else { continue }
      let block = Int(table.blockNumbers[Int(value >> 7)])
      let entry = table.entries[block * 128 + Int(value & 127)]
      let expected = Int32(WordRangesGenerator.lowerCase(scalar).value) - Int32(value)
      if entry & 3 != WordRangesGenerator.wordClass(scalar) || entry >> 2 != expected {
        Issue.record("U+\(String(value, radix: 16)): \(entry & 3) \(entry >> 2)")
      }
    }
  }

  @Test func `the generated file is what the generator writes`() throws {
    let newest = Unicode.Scalar(0x16EA0 as UInt32)?.properties.age
    guard newest.map({ $0.major == WordRanges.unicodeVersion.major }) == true else { return }
    let source = WordRangesGenerator.source()
    if ProcessInfo.processInfo.environment["RECORD_TABLES"] == "1" {
      try source.write(toFile: Self.path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: Self.path, encoding: .utf8) == source)
  }

  /// Code points younger than the table are left to the next recording.
  private func isKnown(_ scalar: Unicode.Scalar) -> Bool {
    guard let age = scalar.properties.age else { return false }
    return (age.major, age.minor) <= (
      WordRanges.unicodeVersion.major, WordRanges.unicodeVersion.minor
    )
  }
}
