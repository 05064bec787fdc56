import Packing
import Testing

@testable import Pipelines

struct ForgetMatcherTests {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("*", "", true), ("*", "abc", true), ("a*c", "abbc", true),
    ("a*c", "abcd", false), ("*b*", "abc", true), ("a?c", "abc", true), ("a?c", "ac", false),
    ("*.example.com", "www.example.com", true), ("*.example.com", "example.com", false),
    ("example.org/*", "example.org/", true), ("**a", "a", true), ("a*a*b", "aaab", true),
    ("a*a*b", "aaba", false), ("?", "", false), ("abc*", "abc", true), ("abc", "abcd", false),
  ])
  func `a pattern fits all of a text or does not fit`(pattern: String, text: String, fits: Bool) {
    #expect(ForgetMatcher.matches(Array(pattern.utf8), Array(text.utf8)) == fits)
  }

  @Test(arguments: [
    ("*.example.com", "http://WWW.Example.COM/a", true), ("*.Example.com", "//a.example.com", true),
    ("*.example.com", "www.example.com/page", true),
    ("*.example.com", "https://example.com/", false),
    ("example.com", "https://u:p@example.com.:8080?q", true),
    ("2001:db8::1", "http://[2001:DB8::1]:80/", true),
    ("example.com/A*", "https://example.com/a", false),
    ("*.example.com", "https://a.org/b.example.com", true),
    ("", "https://example.com/", false), ("a", "urn:uuid:1", false),
  ])
  func `a pattern fits a host in any case, and an address as it stands`(
    pattern: String, url: String, fits: Bool
  ) {
    let matcher = ForgetMatcher(ForgetRequest(ids: [], urls: [], patterns: [pattern]))
    #expect(matcher.matches(DocumentOrigin(id: "a1", url: url)) == fits)
  }

  @Test func `ids are the same when their bytes are`() {
    let matcher = ForgetMatcher(ForgetRequest(ids: ["\u{E9}"], urls: [], patterns: []))
    #expect(matcher.matches(DocumentOrigin(id: "\u{E9}")))
    #expect(!matcher.matches(DocumentOrigin(id: "e\u{301}")))
  }

  @Test func `gaps are told in every series of names`() {
    let paths = [
      "/d/a-00000.idx", "/d/a-00001.idx", "/d/a-00004.idx", "/d/b_7.ds", "/d/b_9.ds", "/d/c.bin",
    ]
    #expect(
      ShardGaps.find(paths).map(\.path) == ["/d/a-00002.idx", "/d/a-00003.idx", "/d/b_8.ds"])
  }
}
