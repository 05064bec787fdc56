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

  @Test func `gaps are told in every series of names`() {
    let paths = [
      "/d/a-00000.idx", "/d/a-00001.idx", "/d/a-00004.idx", "/d/b_7.ds", "/d/b_9.ds", "/d/c.bin",
    ]
    #expect(
      ShardGaps.find(paths).map(\.path) == ["/d/a-00002.idx", "/d/a-00003.idx", "/d/b_8.ds"])
  }
}
