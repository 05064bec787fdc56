@testable import QualityModel

/// The trivial numbers of a text by Swift's own strings.
enum TrivialReference {
  static func value(_ measure: TrivialMeasure, _ text: String) -> Double {
    let scalars = Array(text.unicodeScalars)
    let white: Set<Unicode.Scalar> = [" ", "\t", "\n", "\u{B}", "\u{C}", "\r"]
    let words = scalars.split { white.contains($0) }
    func share(_ isCounted: (Unicode.Scalar) -> Bool) -> Double {
      scalars.isEmpty ? 0 : Double(scalars.filter(isCounted).count) / Double(scalars.count)
    }
    switch measure {
    case .byteLength: return Double(text.utf8.count)
    case .wordCount: return Double(words.count)
    case .meanWordLength:
      return words.isEmpty
        ? 0 : Double(words.reduce(0) { $0 + $1.count }) / Double(words.count)
    case .lineCount:
      let breaks = scalars.filter { $0 == "\n" }.count
      return Double(scalars.isEmpty || scalars.last == "\n" ? breaks : breaks + 1)
    case .nonASCIIShare: return share { !$0.isASCII }
    case .upperCaseShare: return share { $0 >= "A" && $0 <= "Z" }
    case .digitShare: return share { $0 >= "0" && $0 <= "9" }
    }
  }
}
