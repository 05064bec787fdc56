import FoundationEssentials
import TestSupport
import Testing

@testable import Tokenization

/// Real text against what tiktoken 0.14 made of it.
struct GoldTests {
  struct Gold: Decodable {
    let n: Int
    let ids: [UInt32]
  }

  @Test(arguments: ["cl100k_base", "o200k_base", "p50k_base", "r50k_base"])
  func `ids are those of tiktoken`(name: String) throws {
    guard let path = SharedData.path("tokenizer/tiktoken/\(name).tiktoken"),
      let texts = try TextSamples.texts("tokenizer/gold/docs.jsonl.zst"),
      let lines = try TextSamples.lines("tokenizer/gold/\(name).jsonl.zst")
    else { return }
    let tokenizer = try Tokenizer(contentsOf: path)
    let encoder = tokenizer.makeEncoder()
    #expect(texts.count == lines.count)
    for (text, line) in zip(texts, lines) {
      let gold = try JSONDecoder().decode(Gold.self, from: line)
      var ids: [UInt32] = []
      encoder.encode(text.span, into: &ids)
      #expect(ids.count == gold.n && ids.starts(with: gold.ids))
    }
  }
}
