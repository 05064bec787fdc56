import ByteKernels
import TestSupport
import Testing

struct PhraseFinderTests {
  private static func slow(
    _ phrases: [String], _ text: [UInt8], ignoringCase: Bool
  ) -> [PhraseFinder.Match] {
    func folded(_ bytes: [UInt8]) -> [UInt8] {
      bytes.map { ignoringCase && (65...90).contains($0) ? $0 + 32 : $0 }
    }
    let text = folded(text)
    var matches: [PhraseFinder.Match] = []
    for offset in text.indices {
      for (number, phrase) in phrases.enumerated() where text[offset...].starts(with: phrase.utf8) {
        matches.append(.init(phrase: number, offset: offset))
      }
    }
    return matches
  }

  @Test(arguments: [
    (["javascript", "use cookies", "{", "["], true), (["...", "…"], false), (["aa", "aaa"], true),
    (["\u{212A}", "k"], true), (["a{", "a["], true), (["X"], false),
  ])
  func `matches are those of a search at every offset`(phrases: [String], ignoringCase: Bool) {
    var generator = SeededGenerator(seed: 4)
    let finder = PhraseFinder(phrases, ignoringASCIICase: ignoringCase)
    let known: [UInt8] = phrases.flatMap { Array($0.utf8) + Array($0.uppercased().utf8) }
    let letters: [UInt8] = known + [0x20, 0x0E, 0xFF]
    for length in 0...200 {
      var text = (0..<length).map { _ in letters.randomElement(using: &generator) ?? 0 }
      for phrase in phrases where phrase.utf8.count <= length {
        let place = Int.random(in: 0...(length - phrase.utf8.count), using: &generator)
        text.replaceSubrange(place..<(place + phrase.utf8.count), with: phrase.utf8)
      }
      #expect(
        finder.matches(in: text.span) == Self.slow(phrases, text, ignoringCase: ignoringCase))
    }
  }
}
