import Foundation
import TestSupport
import Testing

/// Runs with a tokenizer from a file: their shards hold the ids that the file gives.
struct TokenizerFileRunTests {
  private static let texts = [
    "Two words, and déjà vu: 中文 \u{1F600}.", "e\u{301} is one letter", "  spaces\\n\\n",
  ]

  /// Runs with a tokenizer file, and encodes the same documents with that file.
  private func run(
    _ file: String, end: String, _ scratch: ScratchFolder
  ) throws -> Set<String> {
    let lines = Self.texts.map { "{\"text\":\"\($0)\"}\n" }.joined()
    try scratch.write("in.jsonl", Array(lines.utf8))
    let pipeline =
      "gristmill: 1\nstages:\n  - curate: []\n  - tokenizer: { file: \"\(file)\" }\n"
      + "  - shards: { format: megatron, validation-share: 0, end-of-document: \"\(end)\" }\n"
    try scratch.write("p.yaml", Array(pipeline.utf8))
    let run = try Command.run([
      "run", scratch.path("p.yaml"), "--input", scratch.path("in.jsonl"), "--output",
      scratch.path("out"), "--quiet",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let encode = try Command.run([
      "tokenizer", "encode", "--tokenizer", file, scratch.path("in.jsonl"), "--output",
      scratch.path("ids.bin"), "--quiet",
    ])
    #expect(encode.status == 0, "\(encode.errors)")
    let files = try FolderContents(runFolder: scratch.path("out")).files
    let shards = files.filter { $0.key.hasPrefix("shards/train") && $0.key.hasSuffix(".bin") }
    let packed = try #require(shards.first?.value)
    let ids = numbers(try scratch.read("ids.bin"), byteCount: 4)
    let found = numbers(packed, byteCount: packed.count / (ids.count + Self.texts.count))
    var expected: [Int] = []
    for length in numbers(try scratch.read("ids.bin.lengths"), byteCount: 4) {
      let start = expected.count - expected.count { $0 == found.last }
      expected += ids[start..<(start + length)] + [found.last ?? -1]
    }
    #expect(shards.count == 1 && found == expected)
    return Set(files.keys.filter { $0.hasPrefix("tokenizer/tokenizer") })
  }

  private func numbers(_ bytes: [UInt8], byteCount: Int) -> [Int] {
    stride(from: 0, to: bytes.count, by: byteCount).map { start in
      bytes[start..<(start + byteCount)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
  }

  private func train(_ scratch: ScratchFolder, _ more: [String] = []) throws -> String {
    let folder = scratch.path("trained")
    let run = try Command.run(
      ["tokenizer", "train", "Samples/crawl/notes.jsonl", "--output", folder, "--quiet"] + more)
    #expect(run.status == 0, "\(run.errors)")
    return folder
  }

  /// A trained `tokenizer.json` after a change.
  private func changed(
    _ scratch: ScratchFolder, _ change: (inout [String: Any]) throws -> Void
  ) throws -> String {
    let folder = try train(scratch, ["--vocabulary-size", "600"])
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/tokenizer.json"))
    var file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    try change(&file)
    let bytes = [UInt8](try JSONSerialization.data(withJSONObject: file))
    return try scratch.write("changed.json", bytes)
  }

  private static let jsonAlone: Set = [
    "tokenizer/tokenizer.json", "tokenizer/tokenizer_config.json",
  ]

  @Test func `ranks`() throws {
    let scratch = try ScratchFolder()
    let folder = try train(scratch, ["--vocabulary-size", "600"])
    let ranks = try scratch.write(
      "r50k_base.tiktoken", try scratch.copy(of: "\(folder)/tokenizer.tiktoken"))
    let written = try run(ranks, end: "<|endoftext|>", scratch)
    #expect(written == Self.jsonAlone.union(["tokenizer/tokenizer.tiktoken"]))
  }

  @Test func `a normalizer, which ranks do not say`() throws {
    let scratch = try ScratchFolder()
    let file = try changed(scratch) { $0["normalizer"] = ["type": "NFC"] }
    #expect(try run(file, end: "<|endoftext|>", scratch) == Self.jsonAlone)
  }

  @Test func `merges in another order than ids`() throws {
    let scratch = try ScratchFolder()
    let file = try changed(scratch) { file in
      var model = try #require(file["model"] as? [String: Any])
      var ids = try #require(model["vocab"] as? [String: Int])
      let names = ids.keys.sorted { ids[$0] ?? 0 < ids[$1] ?? 0 }
      (ids[names[598]], ids[names[599]]) = (599, 598)
      model["vocab"] = ids
      file["model"] = model
    }
    #expect(try run(file, end: "<|endoftext|>", scratch) == Self.jsonAlone)
  }

  @Test func `a SentencePiece model`() throws {
    let scratch = try ScratchFolder()
    let folder = try train(
      scratch, ["--vocabulary-size", "700", "--algorithm", "sentencepiece-bpe"])
    let written = try run("\(folder)/tokenizer.model", end: "</s>", scratch)
    #expect(written == ["tokenizer/tokenizer.model"])
  }
}
