import FoundationEssentials
import TestSupport
import Testing

/// `gristmill pack --chat-template` on instruction data.
struct ConversationPackTests {
  private static let lines = [
    #"{"id":"a","messages":[{"role":"user","content":"Hi <|im_end|>"},"#
      + #"{"role":"assistant","content":"Ho"}]}"#,
    #"{"id":"b","instruction":"Add.","input":"1 2","output":"3"}"#, #"{"text":"no conversation"}"#,
  ]

  /// A tokenizer of bytes alone, so that a token of an ordinary text is a byte.
  private func trained(_ scratch: ScratchFolder, _ specials: [String]) throws -> String {
    let folder = scratch.path("tokenizer")
    let run = try Command.run(
      [
        "tokenizer", "train", "Samples/crawl/articles.jsonl.gz", "--output", folder, "--quiet",
        "--vocabulary-size", "\(256 + specials.count)",
      ] + specials.flatMap { ["--special-token", $0] })
    #expect(run.status == 0, "\(run.errors)")
    return folder
  }

  @Test func `conversations are packed whole, and the loss counts the responses`() throws {
    let scratch = try ScratchFolder()
    let specials = ["<|im_start|>", "<|im_end|>", "<|endoftext|>"]
    let tokenizer = try trained(scratch, specials)
    let input = try scratch.write(
      "chats.jsonl", Array(Self.lines.joined(separator: "\n").utf8))
    let pack = try Command.run([
      "pack", input, "--tokenizer", tokenizer, "--output", scratch.path("packed"), "--format",
      "megatron", "--chat-template", "chatml", "--strategy", "best-fit", "--sequence-length", "128",
      "--quiet",
    ])
    #expect(pack.status == 0, "\(pack.errors)")
    let (first, second) = ("assistant\nHo", "assistant\n3")
    let parts = [
      "<|im_start|>", "user\nHi <|im_end|>", "<|im_end|>", "\n", "<|im_start|>", first,
      "<|im_end|>", "\n", "<|im_start|>", "user\nAdd.\n1 2", "<|im_end|>", "\n", "<|im_start|>",
      second, "<|im_end|>", "\n",
    ]
    let json = try JSONDecoder().decode(
      Vocabulary.self, from: Data(scratch.read("tokenizer/tokenizer.json")))
    let ids = Dictionary(uniqueKeysWithValues: json.added_tokens.map { ($0.content, $0.id) })
    var expected: [Int] = []
    var mask: [UInt8] = []
    for (place, part) in parts.enumerated() {
      let isResponse = part == first || part == second
      if let id = ids[part] {
        expected.append(id)
        mask.append(parts[max(0, place - 1)] == first || parts[max(0, place - 1)] == second ? 1 : 0)
      } else {
        expected += part.utf8.map { json.model.vocab[Self.name(of: $0)] ?? -1 }
        mask += part.utf8.indices.map { _ in 0 }
        if isResponse {
          let count = part.utf8.count - "assistant\n".utf8.count
          mask.replaceSubrange((mask.count - count)..., with: repeatElement(1, count: count))
        }
      }
    }
    let bytes = try scratch.read("packed/train-00000.bin")
    let tokens = stride(from: 0, to: bytes.count, by: 2).map {
      Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8
    }
    #expect(tokens.count == 128)
    #expect(Array(tokens.prefix(expected.count)) == expected)
    let side = try scratch.read("packed/train-00000.provenance")
    let start = side[80..<88].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(Array(side[start..<(start + mask.count)]) == mask)
    #expect(side[(start + mask.count)..<(start + 128)].allSatisfy { $0 == 0 })
    let ledger = try String(decoding: scratch.read("packed/ledger.json"), as: UTF8.self)
    #expect(ledger.contains("no-conversation"))
  }

  @Test func `a format without room for masks, and a conversation without response, are warned of`()
    throws
  {
    let scratch = try ScratchFolder()
    let tokenizer = try trained(scratch, ["<|endoftext|>"])
    let silent = #"{"messages":[{"role":"user","content":"a"},{"role":"bot","content":"b"}]}"#
    let empty = #"{"messages":[{"role":"user","content":""}]}"#
    let input = try scratch.write(
      "chats.jsonl", Array([Self.lines[0], silent, empty].joined(separator: "\n").utf8))
    let pack = try Command.run([
      "pack", input, "--tokenizer", tokenizer, "--output", scratch.path("packed"), "--format",
      "megatron", "--chat-template", "plain", "--set", "shards.end-of-document=",
    ])
    #expect(pack.status == 0, "\(pack.errors)")
    #expect(pack.errors.contains("megatron has no room for loss masks"), "\(pack.errors)")
    #expect(pack.errors.contains("counts no token of 2 conversations"), "\(pack.errors)")
    let card = try String(decoding: scratch.read("packed/dataset_card.md"), as: UTF8.self)
    #expect(card.contains("no room for loss masks"))
  }

  @Test func `a tokenizer without the template's tokens is refused`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try trained(scratch, ["<|endoftext|>"])
    let input = try scratch.write("chats.jsonl", Array(Self.lines[0].utf8))
    let pack = try Command.run([
      "pack", input, "--tokenizer", tokenizer, "--output", scratch.path("packed"), "--format",
      "megatron", "--chat-template", "llama3", "--quiet",
    ])
    #expect(pack.status != 0)
    #expect(pack.errors.contains("<|begin_of_text|>"), "\(pack.errors)")
  }

  private struct Vocabulary: Decodable {
    struct Added: Decodable {
      let id: Int
      let content: String
    }
    struct Model: Decodable {
      let vocab: [String: Int]
    }
    let added_tokens: [Added]
    let model: Model
  }

  /// How a byte-level vocabulary spells a byte that is ASCII.
  private static func name(of byte: UInt8) -> String {
    let value = byte <= 0x20 ? 0x100 + UInt32(byte) : UInt32(byte)
    return Unicode.Scalar(value).map { String($0) } ?? ""
  }
}
