import FoundationEssentials
import TestSupport
import Testing

@testable import ByteKernels

/// The public files of malformed UTF-8.
struct UTF8StressTests {
  // The number is Python's: data.decode("utf-8", "replace").count("\ufffd") less those the file holds.
  // The copy of Kuhn's file has U+FFFD where the malformed sequences were; they are in flenniken's too.
  @Test(arguments: [
    ("unicode/ucd/UTF-8-test-kuhn.txt", 0), ("unicode/flenniken-utf8tests/utf8tests.bin", 454),
  ])
  func `each maximal subpart counts once`(path: String, count: Int) throws {
    guard let path = SharedData.path(path) else { return }
    let bytes = [UInt8](try #require(FileManager.default.contents(atPath: path)))
    let repaired = UTF8Repair.repaired(bytes, replacing: .replacementCharacter)
    #expect(repaired.count == count)
    #expect(repaired.bytes == Array(String(decoding: bytes, as: UTF8.self).utf8))
    let removed = UTF8Repair.repaired(bytes, replacing: .removal)
    #expect(removed.count == count)
    let isValid = UTF8Validator.isValid(removed.bytes.span)
    #expect(isValid)
  }

  /// Lines like `6.0:invalid hex:F7 BF:nothing:EFBFBD EFBFBD`: bytes, and what is left of them when the
  /// malformed are skipped and when they are replaced.
  @Test func `every case of flenniken's comes out as it asks`() throws {
    guard let path = SharedData.path("unicode/flenniken-utf8tests/utf8tests.txt") else { return }
    var caseCount = 0
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard line.first?.isNumber == true, fields.count >= 3, fields[1].hasSuffix("hex") else {
        continue
      }
      let bytes = Self.bytes(fields[2])
      let isValid = fields[1].trimmingPrefix(" ").hasPrefix("valid")
      caseCount += 1
      let verdict = UTF8Validator.isValid(bytes.span)
      #expect(verdict == isValid, "\(line)")
      let skipped = isValid ? bytes : Self.bytes(fields[3])
      let replaced = isValid ? bytes : Self.bytes(fields[4])
      #expect(UTF8Repair.repaired(bytes, replacing: .removal).bytes == skipped, "\(line)")
      #expect(
        UTF8Repair.repaired(bytes, replacing: .replacementCharacter).bytes == replaced, "\(line)")
    }
    #expect(caseCount > 140)
  }

  private static func bytes(_ hex: Substring) -> [UInt8] {
    let digits = hex.filter { $0.isHexDigit }
    guard hex != "nothing" else { return [] }
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { offset in
      let start = digits.index(digits.startIndex, offsetBy: offset)
      return UInt8(digits[start...digits.index(after: start)], radix: 16)
    }
  }
}
