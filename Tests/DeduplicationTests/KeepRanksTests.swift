import Documents
import Testing
import TextAnalysis

@testable import Deduplication

struct KeepRanksTests {
  private func best(
    _ documents: [Document], keep: KeepOrder, scores: [Double] = [],
    _ change: (inout DeduplicationSettings) -> Void = { _ in }
  ) -> String? {
    var settings = DeduplicationSettings()
    settings.keep = keep
    change(&settings)
    return documents.enumerated().map { place, document in
      let score = place < scores.count ? scores[place] : .nan
      return (KeepRanks(of: document, score: score, settings: settings), document.id)
    }.max { $0.0 < $1.0 }?.1
  }

  private func document(
    _ id: String, text: String = "x", source: String = "", created: String? = nil,
    added: String? = nil, url: String? = nil
  ) -> Document {
    var document = Document(
      id: id, text: Array(text.utf8), source: source, added: added, created: created)
    if let url { document.metadata.append("url", url) }
    return document
  }

  @Test func `length decides in bytes, both ways`() {
    let documents = [document("a", text: "éé"), document("b", text: "eee")]
    #expect(best(documents, keep: KeepOrder(.longest)) == "a")
    #expect(best(documents, keep: KeepOrder(.shortest)) == "b")
  }

  @Test func `a date is compared as a moment, and none is the worst`() {
    let documents = [
      document("no"), document("bad", created: "yesterday"),
      document("early", created: "2020-01-01T01:00:00+02:00"),
      document("late", added: "2019-12-31T23:30:00Z"),
    ]
    #expect(best(documents, keep: KeepOrder(.oldest)) == "early")
    #expect(best(documents, keep: KeepOrder(.newest)) == "late")
  }

  @Test func `sources and URLs are liked in the order of their patterns`() {
    let documents = [
      document("a", source: "crawl-2", url: "http://a.org/p?x=1"),
      document("b", source: "books", url: "https://b.org/a/long/path"),
      document("c", source: "crawl-1", url: "https://c.org/p"),
    ]
    #expect(
      best(documents, keep: KeepOrder(.sources)) {
        $0.preferredSources = NamePatterns(["wiki", "crawl-*", "*"])
      } == "a")
    #expect(best(documents, keep: KeepOrder(.url)) == "c")
    #expect(
      best(documents, keep: KeepOrder(.url)) {
        $0.preferredURLs = NamePatterns(["*://b.org/*"])
      } == "b")
  }

  @Test func `a later rule decides the ties of those before`() {
    let documents = [document("a", text: "one"), document("b", text: "three")]
    #expect(best(documents, keep: KeepOrder(.score, .longest), scores: [0.5, 0.5]) == "b")
    #expect(best(documents, keep: KeepOrder(.score, .longest), scores: [0.6, 0.5]) == "a")
    #expect(best(documents, keep: KeepOrder(.score, .shortest), scores: [.nan, .nan]) == "a")
  }

  @Test(arguments: [
    ("abc", ["abc"], 0), ("abc", ["ab", "a*"], 1), ("abc", ["*c*b"], 1), ("", ["*"], 0),
    ("aXbXc", ["a*b*c"], 0), ("mississippi", ["m*iss*ip*pi", "*"], 0), ("abc", [], 0),
    ("ab", ["a*b*c"], 1),
  ])
  func `a star fits any run of characters`(name: String, patterns: [String], place: Int) {
    #expect(NamePatterns(patterns).place(of: name) == place)
  }

  @Test func `an order is read from one name, a list, or names with commas`() {
    #expect(KeepOrder(settingValue: .string("oldest")) == KeepOrder(.oldest))
    #expect(
      KeepOrder(settingValue: .list([.string("score"), .string("url")])) == KeepOrder(.score, .url))
    #expect(KeepOrder(names: "score,longest") == KeepOrder(.score, .longest))
    #expect(KeepOrder(names: "score,,longest") == nil)
    #expect(KeepOrder(names: "score,score,score,score") == nil)
    #expect(KeepOrder(names: "first,longest") == nil)
    #expect(KeepOrder(names: "longest,first") == KeepOrder(.longest, .first))
    #expect(KeepOrder(settingValue: .list([])) == nil)
  }
}
