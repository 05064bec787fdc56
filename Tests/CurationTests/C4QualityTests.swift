import Curation
import Testing
import TextAnalysis

struct C4QualityTests {
  static let page = """
    The first line has quite a few words.
    The second line has quite a few words, too!
    Does the third line end with a mark?
    """

  static func run(_ text: String, _ settings: C4Quality.Settings = .init()) throws -> String {
    let modifier = try C4Quality(settings)
    switch modifier.modify(AnalyzedText(Array(text.utf8))) {
    case .unchanged: return text
    case .replaced(let bytes, let mediaType):
      #expect(mediaType == .plain)
      return String(decoding: bytes, as: UTF8.self)
    case .emptied(let reason): return "<\(reason.rawValue)>"
    }
  }

  @Test(arguments: [
    ("A line that has no end mark", ""),
    ("A line that trails off at the end...", ""),
    ("Only four words here.", ""),
    ("Please enable JavaScript to see the whole page.", ""),
    ("By going on you accept our Cookie Policy today.", ""),
    ("We say that this site USES cooKies all day.", ""),
    ("We say that this site uses coo\u{212A}ies all day.", ""),
    ("One word is \(String(repeating: "x", count: 1001)) long and more.", ""),
    ("One word is \(String(repeating: "é", count: 1000)) long and more.", nil),
    (
      "This line[1] has[23] some[edit] citations[citation needed] in it.[]",
      "This line has some citations in it."
    ),
    ("These are [not] [1a] [Edit] citations at all.", nil),
    ("Digits of others [١٢] count as digits too.", "Digits of others  count as digits too."),
    ("Java[1]script is one word without its citation.", ""),
    ("The four words [1] here.", ""),
    ("  White space goes from both ends.\u{3000}", "White space goes from both ends."),
    ("It says \"this is how it ends.\"", nil),
  ])
  func `a line is kept, mended or dropped`(line: String, expected: String?) throws {
    let kept = expected ?? line
    #expect(
      try Self.run("\(Self.page)\n\(line)") == Self.page + (kept.isEmpty ? "" : "\n\(kept)"))
    #expect(
      try Self.run("\(line)\r\n\(Self.page)") == (kept.isEmpty ? "" : "\(kept)\n") + Self.page)
  }

  static let dropped: [(String, C4Quality.Reason)] = [
    ("\(page)\nLorem Ipsum dolor sit amet, consectetur.", .loremIpsum),
    ("\(page)\nThis line has one { curly bracket inside.", .curlyBracket),
    ("The first line has quite a few words.", .tooFewSentences),
    ("", .tooFewSentences),
    ("no end\nno mark\n", .tooFewSentences),
  ]

  @Test(arguments: dropped)
  func `a page falls`(text: String, reason: C4Quality.Reason) throws {
    #expect(try Self.run(text) == "<\(reason.rawValue)>")
    #expect(try Self.run(text) == "<\(reason.rawValue)>")
  }

  @Test func `a page without lines is emptied even where no sentence is asked for`() throws {
    var settings = C4Quality.Settings()
    settings.minimumSentences = nil
    #expect(try Self.run("no end mark", settings) == "<no-lines>")
    #expect(try Self.run("", settings) == "<no-lines>")
    let reached = Set(Self.dropped.map(\.1)).union([.noLines])
    #expect(reached == Set(C4Quality.Reason.allCases))
  }

  @Test func `bad lines that an earlier rule drops do not drop the page`() throws {
    #expect(try Self.run("\(Self.page)\nlorem ipsum {\nno { mark") == Self.page)
    #expect(try Self.run("\(Self.page)\nThis javascript line has one { inside it.") == Self.page)
  }

  @Test func `every rule can be turned off`() throws {
    var settings = C4Quality.Settings()
    for setting in C4Quality.Settings.settings where setting.set(&settings, .null) {}
    for name in ["remove-citations", "require-end-mark", "drop-lorem-ipsum-pages"]
      + ["drop-javascript-lines", "drop-curly-bracket-pages", "drop-policy-lines"]
    {
      for setting in C4Quality.Settings.settings where setting.name == name {
        #expect(setting.set(&settings, .bool(false)))
      }
    }
    let text =
      "lorem ipsum { [1]\njavascript terms of use ...\n\(String(repeating: "x", count: 2000))"
    #expect(try Self.run(text, settings) == text)
  }

  @Test func `words can be Unicode's, punctuation left out`() throws {
    var settings = C4Quality.Settings()
    settings.words = .unicode
    let line = "这是一个句子。"
    settings.endMarks.append("。")
    settings.minimumSentences = 1
    #expect(try Self.run(line, settings) == line)
    #expect(try Self.run("Three little words - !", settings) == "<too-few-sentences>")
  }

  @Test func `citations can count as words, as in datatrove`() throws {
    var settings = C4Quality.Settings()
    settings.countWords = .beforeCitations
    #expect(
      try Self.run("\(Self.page)\nThe four words [1] here.", settings)
        == "\(Self.page)\nThe four words  here.")
  }

  @Test func `settings that name nothing are refused`() {
    var settings = C4Quality.Settings()
    settings.endMarks = []
    #expect(throws: SettingsError.self) { try C4Quality(settings) }
    settings.endMarks = [""]
    #expect(throws: SettingsError.self) { try C4Quality(settings) }
  }
}
