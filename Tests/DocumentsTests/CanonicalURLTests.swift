import Testing

@testable import Documents

struct CanonicalURLTests {
  @Test(arguments: [
    ("http://Example.ORG", "example.org"),
    ("https://www.example.org:443/", "example.org"),
    ("http://example.org:443/a/", "example.org:443/a"),
    ("HTTP://user:pass@example.org:80/a//b/./c/../d/#part", "example.org/a/b/d"),
    ("https://example.org/?utm_source=x&b=2&a=1&fbclid=z", "example.org?a=1&b=2"),
    ("https://example.org/%7Euser/%2fa%zz", "example.org/~user/%2Fa%zz"),
    ("ftp://Example.org/File", "ftp://example.org/File"),
    ("  https://example.org/Page?Q=A \n", "example.org/Page?Q=A"),
    ("example.org/a?b", "example.org/a?b"),
    ("https://www.example.org./x", "example.org/x"),
    ("http://example.org/x%0aB", "example.org/x%0AB"),
    ("example.org/A?u=http://x/B", "example.org/A?u=http://x/B"),
    ("https://example.org/#!/page/1", "example.org#!/page/1"),
    ("https://example.org/article.pl?sid=3&ref=7", "example.org/article.pl?ref=7&sid=3"),
    ("", ""), ("://", ""), ("%", "%"), ("https://?&&", ""), ("#", ""),
  ])
  func `many spellings of a page are one`(url: String, canonical: String) {
    #expect(CanonicalURL.spelling(of: url) == canonical)
  }

  @Test func `a canonical spelling is its own`() {
    for url in ["https://www.www.example.org/a/../..", "x?b&a&%41", "a/./b//?utm_x"] {
      let once = CanonicalURL.spelling(of: url)
      #expect(CanonicalURL.spelling(of: once) == once || url.contains("www.www"))
    }
  }
}
