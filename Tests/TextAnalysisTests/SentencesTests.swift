import Testing
import TextAnalysis

struct SentencesTests {
  @Test(arguments: [
    ("", 0), ("   ", 0), ("One sentence.", 1), ("One. Two! Three?", 3), ("No mark at all", 1),
    ("He said \"stop.\" Then he left.", 2), ("One (and a half.) Two", 2),
    ("It costs 3.14 euros.", 1), ("See www.example.com for more.", 1),
    ("Mr. Smith met Dr. J. Jones.", 1), ("The U.S. Army, e.g. here.", 1),
    ("Wait... what? Yes!!! Done.", 3), ("It ended. but small letters go on.", 1),
    ("一句。两句！三句？", 3), ("यह है। वह है।", 2), ("What?! No.", 2), ("1. First. 2. Second.", 4),
  ])
  func `sentences end at marks that end them`(text: String, expected: Int) {
    let bytes = Array(text.utf8)
    #expect(Sentences.count(in: bytes, range: 0..<bytes.count) == expected)
    #expect(Sentences.count(in: bytes, range: 0..<bytes.count, upTo: 2) == min(expected, 2))
  }
}
