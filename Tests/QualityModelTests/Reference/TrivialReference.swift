@testable import QualityModel

/// The trivial numbers and the tokens of a text by Swift's own strings.
enum TrivialReference {
  /// Runs of letters, digits and what is not ASCII, and single signs; upper case of ASCII made lower case.
  static func tokens(_ text: String) -> Set<String> {
    var tokens: Set<String> = []
    var run = ""
    for scalar in Array(text.unicodeScalars) + [" "] {
      let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
      if isLetter || ("0"..."9").contains(scalar) || !scalar.isASCII {
        run += isLetter ? Character(scalar).lowercased() : String(scalar)
        continue
      }
      if !run.isEmpty { tokens.insert(run) }
      run = ""
      if scalar > " ", scalar != "\u{7F}" { tokens.insert(String(scalar)) }
    }
    return tokens
  }

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
