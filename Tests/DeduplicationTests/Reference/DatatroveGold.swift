import FoundationEssentials

@testable import Deduplication

/// Files of `Tests/Tools/generate-datatrove-gold.py`.
enum DatatroveGold {
  /// The lines, cut at their tabs.
  static func rows(_ path: String) throws -> [[ArraySlice<UInt8>]] {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    return bytes.split(separator: UInt8(ascii: "\n")).map {
      $0.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    }
  }

  static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text
    while let first = rest.popFirst() {
      if first == UInt8(ascii: "\\") {
        let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
        bytes.append(UInt8(digits, radix: 16) ?? 0)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(first)
      }
    }
    return bytes
  }

  /// Sixteen digits.
  static func hexadecimal(_ value: UInt64) -> [UInt8] {
    let digits = String(value, radix: 16)
    return Array((String(repeating: "0", count: 16 - digits.count) + digits).utf8)
  }

  /// Where two lists of words first differ.
  static func difference(_ found: ArraySlice<UInt8>, _ expected: ArraySlice<UInt8>) -> String {
    let left = String(decoding: found, as: UTF8.self).split(separator: " ")
    let right = String(decoding: expected, as: UTF8.self).split(separator: " ")
    let equal = zip(left, right).prefix { $0.unicodeScalars.elementsEqual($1.unicodeScalars) }.count
    func show(_ words: [Substring]) -> String {
      let near = words.dropFirst(max(0, equal - 2)).prefix(6)
      return near.map { word in
        let scalars = word.unicodeScalars.map { String($0.value, radix: 16) }
        return "\(word) (\(scalars.joined(separator: " ")))"
      }.joined(separator: " | ")
    }
    return "found \(show(left)) for \(show(right))"
  }
}
