import FoundationEssentials
import TestSupport
import Testing

@testable import QualityModel

struct JavaPatternTests {
  /// Written by Tests/Tools/JavaTokens.java.
  struct Vectors: Decodable {
    struct Entry: Decodable {
      let pattern: String
      /// Nil where Java cuts a character in two.
      let split: [[String]?]
      let found: [[String]?]
    }
    let texts: [String]
    let patterns: [Entry]
  }

  private func tokens(_ text: String, _ pattern: JavaPattern, gaps: Bool) -> [String] {
    let cutter = SparkTokenCutter(
      settings: SparkTokenizer(
        pattern: pattern, matchesGaps: gaps, minimumLength: 0, makesLowercase: false))
    var tokens: [String] = []
    let bytes = Array(text.utf8)
    cutter.cut(bytes.span, cutter.makeExpression()) { tokens.append(String(copying: $0)) }
    return tokens
  }

  @Test func `patterns cut texts as Java does`() throws {
    let vectors = try Fixture.json("java-tokens.json", as: Vectors.self)
    #expect(vectors.patterns.count > 90)
    var count = 0
    for entry in vectors.patterns {
      let pattern = try JavaPattern(entry.pattern)
      for (index, text) in vectors.texts.enumerated() {
        for (gaps, expected) in [(true, entry.split[index]), (false, entry.found[index])] {
          guard let expected else { continue }
          count += 1
          let actual = tokens(text, pattern, gaps: gaps)
          // Swift's strings compare by canonical equivalence; bytes do not.
          #expect(
            actual.map { Array($0.utf8) } == expected.map { Array($0.utf8) },
            "\(entry.pattern) gaps \(gaps) \(text.debugDescription): \(actual) for \(expected)")
        }
      }
    }
    #expect(count > vectors.texts.count * vectors.patterns.count)
  }

  @Test(arguments: [
    ("(a", "has a ( without its )"), ("a)", "has a ) without its ("),
    ("[a", "has a [ without its ]"),
    ("*a", "has nothing for its *"), ("a{x}", "has a { that is no repetition"),
    ("a**", "repeats a repetition"), ("\\p{Foo}", "has \\p{Foo}"), ("\\X", "has \\X"),
    ("\\G", "has \\G"),
    ("(?x)a", "has the flag (?x)"), ("(?u)a", "has the flag (?u)"),
    ("\\p{javaLowerCase}", "has \\p{java"),
    ("(?i)\\p{Lu}", "under (?i)"), ("[b-a]", "has a range from b down to a"),
    ("\\2(a)", "before its group"),
    ("\\N{DIGIT ONE}", "has \\N"), ("\\", "ends with a backslash"),
    ("\\p{IsNoScript}", "is not understood"),
    ("(?<=a+)b", "is not understood"), ("[a&&]", "has && beside nothing"), ("\\q", "has \\q"),
    ("a{1001}", "has a {"), ("\\uD800", "has a \\u without"), ("(?<1>a)", "impossible name"),
    (String(repeating: "(", count: 300), "nested too deep"),
  ])
  func `what is no pattern, or means something else here, is refused by name`(
    pattern: String, problem: String
  ) throws {
    let error = #expect(throws: JavaPatternError.self) { try JavaPattern(pattern) }
    #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
  }

  @Test func `a search that goes back for ever ends without further matches`() throws {
    let pattern = try JavaPattern("(?:a|aa)+$")
    let text = String(repeating: "a", count: 60) + "b a"
    #expect(tokens(text, pattern, gaps: false).isEmpty)
  }

  @Test(arguments: [(1, 4), (2, 2), (3, 1), (4, 0)])
  func `the least length counts units of UTF-16`(minimum: Int, count: Int) throws {
    let cutter = SparkTokenCutter(
      settings: SparkTokenizer(
        pattern: try JavaPattern("\\s+"), matchesGaps: true, minimumLength: minimum,
        makesLowercase: false))
    var tokens: [String] = []
    cutter.cut(Array("é 日 😀 a😀".utf8).span, nil) { tokens.append(String(copying: $0)) }
    #expect(tokens.count == count, "\(tokens)")
  }
}
