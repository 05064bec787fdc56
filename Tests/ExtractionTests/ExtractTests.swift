import TestSupport
import Testing
import TextAnalysis

@testable import Extraction

struct ExtractTests {
  private static let prose =
    "The mill stands where the two brooks meet, and for three hundred years its wheel has turned "
    + "whenever there was water enough to turn it."

  /// The text of a page; the reason in brackets when nothing is left.
  private func extracted(
    _ markup: String, _ change: (inout Extract.Settings) -> Void = { $0.title = false }
  ) throws -> String {
    var settings = Extract.Settings()
    change(&settings)
    let step = try Extract(settings)
    switch step.modify(AnalyzedText(Array(markup.utf8), mediaType: .html)) {
    case .unchanged: return "[unchanged]"
    case .replaced(let bytes, let type):
      #expect(type == .plain)
      return String(decoding: bytes, as: UTF8.self)
    case .emptied(let reason): return "[\(reason.rawValue)]"
    }
  }

  @Test(arguments: [
    ("<h1>Title</h1><p>One\n  two</p><p>three<br>four</p>", "Title\n\nOne two\n\nthree\nfour"),
    ("<p>a</p><br><br><br><br><p>b", "a\n\nb"),
    ("<div>one</div><div>two</div>", "one\ntwo"),
    ("a <b>bold</b> , <i>it</i>alic", "a bold , italic"),
    ("<ul><li>one<li>two<ul><li>inner</ul><li>three</ul>", "- one\n- two\n  - inner\n- three"),
    ("<ol><li>one</li><li></li><li>three</li></ol>after", "1. one\n3. three\n\nafter"),
    ("<ul><li><p>one</p><p>more</p></li></ul>", "- one\n\nmore"),
    (
      "<table><tr><th>Year<th>Yield<tr><td>1900<td><p>12 t</p></table>",
      "Year | Yield\n1900 | 12 t"
    ),
    ("<table><tr><td>layout</td></tr><tr><td>of cells</td></tr></table>", "layout\nof cells"),
    ("<pre>\nif x:\n    y\n\n\nz</pre><p>then", "if x:\n    y\n\n\nz\n\nthen"),
    ("<dl><dt>term<dd>meaning</dl>", "term\nmeaning"),
    ("&lt;tag&gt; &amp; caf&eacute; &#x6F22;", "<tag> & café 漢"),
    ("a<script>var b = '<p>no</p>'</script><style>p{}</style><template>no</template>c", "ac"),
    ("<p hidden>no</p><p style='Display : NONE'>no</p><p aria-hidden=true>no</p>yes", "yes"),
    ("<svg><text>no</text></svg><select><option>no</select><button>no</button>yes", "yes"),
    ("<nav><ul><li>Home</ul></nav><p>yes</p><footer>© nobody</footer>", "yes"),
    ("<div role=navigation>no</div><div class='site-sidebar'>no</div>yes", "yes"),
    ("<table><tr><td>text <table><tr><td>in<td>ner</table></table>", "text\n\nin | ner"),
    ("<p>yes<noscript>turn it on</noscript>", "yes"),
    ("", "[no-text]"), ("<p> \n </p>", "[no-text]"), ("<script>x</script>", "[no-text]"),
  ])
  func `markup becomes the lines a reader sees`(markup: String, text: String) throws {
    #expect(try extracted(markup) == text)
  }

  @Test func `the furniture of a page is left out, the article kept`() throws {
    let page = """
      <html><head><title>The old mill - Valley News</title></head><body class="has-sidebar">
      <header><a href="/">Valley News</a></header>
      <ul class="main-menu"><li><a href="/a">Local</a><li><a href="/b">Sport</a></ul>
      <div id="wrap"><div class="post-content"><h2>The old mill</h2>
      <p>\(Self.prose)</p><p>\(Self.prose) <a href="/map">Map</a></p><p>Short line.</p>
      <ul><li>a bucket<li>a sieve</ul>
      <ul><li><a href="/x">Ten more mills</a><li><a href="/y">Mills by night</a></ul>
      <div class="share-buttons">Share this</div></div>
      <div class="comments"><p>First!</p></div></div>
      <aside>Advertisement</aside><footer><p>All rights reserved.</p></footer></body></html>
      """
    let text = """
      The old mill

      \(Self.prose)

      \(Self.prose) Map

      Short line.

      - a bucket
      - a sieve
      """
    #expect(try extracted(page) == text)
    #expect(try extracted(page) { _ in } == text)
    let all = try extracted(page) { $0.mode = .allText }
    for word in ["Sport", "First!", "Advertisement", "All rights reserved."] {
      #expect(all.contains(word))
    }
  }

  @Test(arguments: [
    ("<title>Mills  of\nthe valley</title>", "", "Mills of the valley\n\n"),
    ("<title>Mills</title>", "<h1>Another name</h1>", "Another name\n\n"),
    (
      "<title>Mills of the valley | News</title>", "<h2>Mills of the valley</h2>",
      "Mills of the valley\n\n"
    ),
    ("<title></title>", "", ""), ("", "", ""),
  ])
  func `a title heads a text that has none`(head: String, heading: String, expected: String) throws
  {
    let page = "<head>\(head)</head><body>\(heading)<p>\(Self.prose)</p>"
    #expect(try extracted(page) { _ in } == expected + Self.prose)
  }

  @Test func `plain text passes untouched`() throws {
    let step = try Extract(Extract.Settings())
    guard case .unchanged = step.modify(AnalyzedText(Array("<p>no markup</p>".utf8))) else {
      Issue.record("changed")
      return
    }
  }

  @Test(arguments: [
    String(repeating: "<div>", count: 200_000),
    String(repeating: "<b><div></b>", count: 100_000),
    String(repeating: "<span><p>x", count: 50_000),
    "<a " + String(repeating: "x=1 ", count: 1) + (0..<50_000).map { "a\($0)=1 " }.joined() + ">x",
    String(repeating: "<svg><g>", count: 50_000),
    String(repeating: "<li><dl><dd>", count: 50_000),
    (0..<3000).map { "<p><font size=\($0)>x" }.joined(),
  ])
  func `a page made to stall a parser is refused at once`(page: String) throws {
    #expect(try extracted(page) == "[too-complex]")
  }

  @Test func `a page of flat unclosed elements is not refused`() throws {
    let page =
      String(repeating: "<p>text", count: 20_000)
      + "<ul>" + String(repeating: "<li>item", count: 20_000) + "</ul><table>"
      + String(repeating: "<tr><td>cell", count: 20_000) + "</table>"
      + String(repeating: "<svg><path d='M0'/><use /></svg>", count: 5000)
    let text = try extracted(page) { ($0.mode, $0.title) = (.allText, false) }
    #expect(text.hasPrefix("text\n\ntext") && text.hasSuffix("cell\ncell"))
  }

  @Test func `a page above the size asked for is refused, and settings out of bounds too`() throws {
    #expect(try extracted("<p>12345") { $0.maximumBytes = 7 } == "[too-large]")
    #expect(try extracted("<p>1234") { ($0.maximumBytes, $0.title) = (7, false) } == "1234")
    #expect(throws: SettingsError.self) { try extracted("") { $0.maximumBytes = 0 } }
    #expect(throws: SettingsError.self) { try extracted("") { $0.maximumDepth = 1_000_000 } }
  }

  @Test func `any bytes in any order give text without control`() throws {
    let pieces = [
      "<p>", "</p>", "<table>", "<td>", "<tr>", "</table>", "<li>", "<ul>", "</ul>", "<b>", "</b>",
      "<div class='nav'>", "</div>", "<!--", "-->", "<script>", "</script>", "&amp;", "&#0;",
      "text ",
      "<pre>", "</pre>", "<svg>", "</svg>", "<title>", "</title>", "<h1>", "<a href=x>", "</a>",
      "é",
      "<", ">", "\"", "'", "=", "<template>", "</template>", "<select>", "<option>", "\u{0}",
      "<br>",
    ]
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      let count = Int.random(in: 0...60, using: &generator)
      let page = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let text = try extracted(page) { $0.mode = .allText }
      #expect(text.utf8.first != 0x0A && text.utf8.last != 0x0A || page.contains("pre"))
      _ = try extracted(page)
    }
  }
}
