package import TextAnalysis

/// Names or patterns in order of preference; `*` stands for any run of characters.
package struct NamePatterns: SettingRepresentable, Equatable {
  package let patterns: [String]
  private let bytes: [[UInt8]]

  package init(_ patterns: [String] = []) {
    self.patterns = patterns
    bytes = patterns.map { Array($0.utf8) }
  }

  package static var expectation: String { [String].expectation }

  package init?(settingValue: SettingValue) {
    guard let patterns = [String](settingValue: settingValue) else { return nil }
    self.init(patterns)
  }

  package var settingValue: SettingValue { patterns.settingValue }

  /// The place of the first pattern that a name fits, or their count.
  func place(of name: String) -> Int {
    let name = Array(name.utf8)
    return bytes.firstIndex { Self.fits(name, $0) } ?? bytes.count
  }

  /// Goes back only to the last star: no name takes more than its length times the pattern's.
  private static func fits(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (place, at) = (0, 0)
    var (star, resumed) = (-1, 0)
    while place < name.count {
      if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
        (star, resumed) = (at, place)
        at += 1
      } else if at < pattern.count, pattern[at] == name[place] {
        (place, at) = (place + 1, at + 1)
      } else if star >= 0 {
        resumed += 1
        (place, at) = (resumed, star + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
