import ByteKernels
import FoundationEssentials
import TestSupport
import Testing

struct UTF8Tests {
  static let ways = UTF8Validator.Way.allCases.filter(\.isPossible)

  @Test(
    arguments: [
      ([0x61, 0x62], true), ([], true), ([0xC3, 0xA9], true), ([0xE2, 0x82, 0xAC], true),
      ([0xF0, 0x9F, 0x98, 0x80], true), ([0xF4, 0x8F, 0xBF, 0xBF], true), ([0x00], true),
      ([0x80], false), ([0xC3], false), ([0xC0, 0xAF], false), ([0xC1, 0xBF], false),
      ([0xE0, 0x9F, 0xBF], false), ([0xED, 0xA0, 0x80], false), ([0xF0, 0x8F, 0xBF, 0xBF], false),
      ([0xF4, 0x90, 0x80, 0x80], false), ([0xF5, 0x80, 0x80, 0x80], false), ([0xFF], false),
      ([0xE2, 0x82], false), ([0xC3, 0xA9, 0xA9], false), ([0xF0, 0x9F, 0x98], false),
    ] as [([UInt8], Bool)])
  func `every way knows valid from invalid`(bytes: [UInt8], expected: Bool) {
    #expect(Self.isValid(bytes) == expected)
    for way in Self.ways { #expect(Self.isValid(bytes, by: way) == expected) }
  }

  @Test func `every way agrees with the table of the standard at any length and corruption`() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<6 {
      for length in 0...130 {
        let bytes = Self.text(length, corrupted: round > 0, &generator)
        let expected = WellFormedUTF8.replaced(bytes)
        for way in Self.ways {
          #expect(Self.isValid(bytes, by: way) == (expected.count == 0), "\(bytes)")
        }
        let repaired = UTF8Repair.repaired(bytes, replacing: .replacementCharacter)
        #expect(repaired == expected, "\(bytes)")
        let census = UTF8Repair.census(of: bytes.span)
        #expect(census.malformed == expected.count)
        #expect(String(decoding: bytes, as: UTF8.self).utf8.elementsEqual(repaired.bytes))
      }
    }
  }

  @Test func `an error is found at every place of a long text`() {
    let clean = Array(String(repeating: "aé漢😀", count: 20).utf8)
    for position in clean.indices {
      for value in [0x80, 0xC0, 0xE0, 0xED, 0xF0, 0xF4, 0xFF] as [UInt8] {
        var bytes = clean
        bytes[position] = value
        let expected = WellFormedUTF8.isValid(bytes)
        for way in Self.ways { #expect(Self.isValid(bytes, by: way) == expected) }
      }
    }
  }

  @Test func `removal leaves nothing in the place of what is malformed`() {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62, 0xE2, 0x82, 0x63]
    #expect(UTF8Repair.repaired(bytes, replacing: .removal) == (Array("abc".utf8), 2))
    #expect(UTF8Repair.repaired([0xFF], replacing: .removal) == ([], 1))
  }

  @Test func `Flenniken's file gets as many replacements as Python 3.11 makes`() throws {
    guard let path = SharedData.path("unicode/flenniken-utf8tests/utf8tests.bin") else { return }
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let repaired = UTF8Repair.repaired(bytes, replacing: .replacementCharacter)
    #expect(repaired.count == 454)
    #expect(Self.isValid(repaired.bytes))
  }

  @Test func `Flenniken's cases are replaced and skipped as he says`() throws {
    guard let path = SharedData.path("unicode/flenniken-utf8tests/utf8tests.txt") else { return }
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    var caseCount = 0
    for line in lines where !line.hasPrefix("#") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 3, fields[1] == "invalid hex" else { continue }
      let bytes = Self.bytes(hex: fields[2])
      #expect(!Self.isValid(bytes), "\(line)")
      let skipped = UTF8Repair.repaired(bytes, replacing: .removal).bytes
      let replaced = UTF8Repair.repaired(bytes, replacing: .replacementCharacter).bytes
      #expect(skipped == Self.bytes(hex: fields[3]), "\(line)")
      #expect(replaced == Self.bytes(hex: fields[4]), "\(line)")
      caseCount += 1
    }
    #expect(caseCount > 50)
  }

  private static func isValid(_ bytes: [UInt8], by way: UTF8Validator.Way? = nil) -> Bool {
    guard let way else { return UTF8Validator.isValid(bytes.span) }
    return UTF8Validator.isValid(bytes.span, by: way)
  }

  private static func bytes(hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }

  private static func text(
    _ length: Int, corrupted: Bool, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    let pieces = [
      "a", " ", "é", "漢", "😀", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10FFFF}", "line of ASCII ",
    ]
    var bytes: [UInt8] = []
    while bytes.count < length {
      bytes += Array((pieces.randomElement(using: &generator) ?? "").utf8)
    }
    bytes.removeLast(bytes.count - length)
    if corrupted, length > 0 {
      let evil: [UInt8] = [0x80, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xF5, 0xFF, 0x00]
      bytes[Int.random(in: 0..<length, using: &generator)] =
        evil.randomElement(using: &generator) ?? 0xFF
    }
    return bytes
  }
}
