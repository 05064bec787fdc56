import Testing
import TextAnalysis

struct ScalarPropertiesTests {
  @Test func `letters and white space agree with Swift's tables for every scalar of Unicode 15`() {
    var disagreements: [UInt32] = []
    for number in UInt32(0)...0x10FFFF {
      let properties = ScalarProperties(of: number)
      guard let scalar = Unicode.Scalar(number) else {
        #expect(properties.bits == 0)
        continue
      }
      let known = scalar.properties
      if let age = known.age, age.major > 15 || (age.major == 15 && age.minor > 0) { continue }
      let letters: [Unicode.GeneralCategory] = [
        .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      ]
      let isWhite = known.isWhitespace || (0x1C...0x1F).contains(number)
      if letters.contains(known.generalCategory) != properties.isLetter {
        disagreements.append(number)
      }
      if isWhite != properties.isWhiteSpace { disagreements.append(number) }
    }
    #expect(disagreements.isEmpty, "\(disagreements.prefix(10))")
  }

  @Test(arguments: [
    ("。", true, true), ("!", true, true), ("…", true, false), ("a", false, false),
    ("1", false, false),
    ("\u{FF11}", true, false), ("\t", false, false), ("\u{1}", true, false), ("—", true, false),
    ("•", false, false),
  ])
  func `punctuation is datatrove's`(text: String, isPunctuation: Bool, isSentenceEnd: Bool) {
    for scalar in text.unicodeScalars {
      let properties = ScalarProperties(of: scalar.value)
      #expect(properties.isPunctuation == isPunctuation)
      #expect(properties.isSentenceEnd == isSentenceEnd)
    }
  }

  @Test func `the punctuation set has 281 scalars and the sentence ends 159`() {
    let all = (UInt32(0)...0x10FFFF).map { ScalarProperties(of: $0) }
    #expect(all.count { $0.isPunctuation } == 281)
    #expect(all.count { $0.isSentenceEnd } == 159)
    #expect(all.count { $0.isLineEnd } == 10)
  }
}
