import FoundationEssentials
import TestSupport
import Testing

/// Decoding and judging with a tokenizer that has just been trained.
struct TokenizerUseCommandTests {
  private static let input = "Samples/crawl/notes.jsonl"

  private func trained(_ scratch: ScratchFolder) throws -> String {
    "\(try TrainedTokenizer.folder(on: Self.input, in: scratch))/tokenizer.json"
  }

  private func texts(_ lines: [UInt8]) throws -> [String] {
    struct Line: Decodable {
      let text: String
    }
    return try lines.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Line.self, from: Data($0)).text
    }
  }

  @Test func `what is encoded and decoded is what was there`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try trained(scratch)
    let encode = try Command.run([
      "tokenizer", "encode", "--tokenizer", tokenizer, Self.input, "--output",
      scratch.path("ids.bin"), "--quiet",
    ])
    #expect(encode.status == 0, "\(encode.errors)")
    let decode = try Command.run([
      "tokenizer", "decode", "--tokenizer", tokenizer, scratch.path("ids.bin"), "--output",
      scratch.path("decoded.jsonl"),
    ])
    #expect(decode.status == 0, "\(decode.errors)")
    let whole = try Command.run(["convert", Self.input, "--output", "-"])
    let before = try texts(Array(whole.output.utf8))
    #expect(try texts(scratch.read("decoded.jsonl")) == before)
    #expect(before.count > 3)
  }

  @Test func `without lengths all ids are one document, and pipes will do`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try trained(scratch)
    let text = "One sentence.\nAnd another, déjà vu 中文."
    let encode = try Command.run(
      ["tokenizer", "encode", "--tokenizer", tokenizer, "-", "--output", scratch.path("x.bin")],
      input: Array("{\"text\":\"One sentence.\\nAnd another, déjà vu 中文.\"}".utf8))
    #expect(encode.status == 0, "\(encode.errors)")
    let decode = try Command.run(
      ["tokenizer", "decode", "--tokenizer", tokenizer, "-", "--output", "-", "--quiet"],
      input: try scratch.read("x.bin"))
    #expect(decode.status == 0, "\(decode.errors)")
    #expect(try texts(Array(decode.output.utf8)) == [text])
  }

  @Test func `ids and lengths that do not belong together are refused`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try trained(scratch)
    for (ids, lengths, word) in [
      ([UInt8](repeating: 1, count: 6), [1, 0, 0, 0], "has 4"),
      ([44, 1, 0, 0], [2, 0, 0, 0], "ends at byte 4"),
      ([44, 1, 0, 0, 44, 1, 0, 0], [1, 0, 0, 0], "goes on at byte 4"),
    ] as [([UInt8], [UInt8], String)] {
      _ = try scratch.write("ids.bin", ids)
      _ = try scratch.write("ids.bin.lengths", lengths)
      let run = try Command.run([
        "tokenizer", "decode", "--tokenizer", tokenizer, scratch.path("ids.bin"), "--output",
        scratch.path("out.jsonl"),
      ])
      #expect(run.status != 0 && run.errors.contains(word), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: scratch.path("out.jsonl")))
    }
  }

  @Test func `a document with an unknown id is lost alone, and said`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try trained(scratch)
    _ = try scratch.write("ids.bin", [44, 1, 0, 0, 255, 255, 255, 0, 45, 1, 0, 0])
    _ = try scratch.write("ids.bin.lengths", [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0])
    let run = try Command.run([
      "tokenizer", "decode", "--tokenizer", tokenizer, scratch.path("ids.bin"), "--output",
      scratch.path("out.jsonl"),
    ])
    #expect(run.status == 1)
    #expect(run.errors.contains("ids.bin:1") && run.errors.contains("16777215"))
    #expect(try texts(scratch.read("out.jsonl")).count == 2)
  }

  @Test func `tokenizers are judged side by side`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try trained(scratch)
    let ranks = scratch.path("tokenizer/tokenizer.tiktoken")
    let arguments = [
      "tokenizer", "evaluate", "--tokenizer", tokenizer, "--tokenizer", ranks, "--pattern", "gpt4",
      Self.input, "--plots", scratch.path("plots"), "--quiet",
    ]
    let run = try Command.run(arguments)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("Advice:") && run.output.contains("bytes/token"))
    #expect(FileManager.default.fileExists(atPath: scratch.path("plots/vocabulary-size.svg")))
    #expect(FileManager.default.fileExists(atPath: scratch.path("plots/by-source.svg")))
    let one = try Command.run(arguments + ["--json", "--workers", "1"])
    let two = try Command.run(arguments + ["--json", "--workers", "2"])
    #expect(one.output == two.output && one.output.hasPrefix("{\"text\":{\"documents\":"))
    struct Report: Decodable {
      struct Figures: Decodable {
        let tokens: Int
        let altered_documents: Int
      }
      let tokenizers: [Figures]
    }
    let report = try JSONDecoder().decode(Report.self, from: Data(one.output.utf8))
    #expect(report.tokenizers.count == 2)
    #expect(report.tokenizers[0].tokens == report.tokenizers[1].tokens)
    #expect(report.tokenizers.allSatisfy { $0.altered_documents == 0 })
  }

  @Test func `nothing is written over what is read`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try trained(scratch)
    let before = try scratch.read("tokenizer/tokenizer.json")
    let run = try Command.run([
      "tokenizer", "encode", "--tokenizer", tokenizer, Self.input, "--output", tokenizer,
    ])
    #expect(run.status == 64 && run.errors.contains("is read by this command"))
    #expect(try scratch.read("tokenizer/tokenizer.json") == before)
  }
}
