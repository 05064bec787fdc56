import FoundationEssentials
import TestSupport
import Testing

/// What `gristmill pack` does for one format and not for another.
struct PackFormatTests {
  private static let input = "Samples/crawl/articles.jsonl.gz"

  private static func integers(_ bytes: ArraySlice<UInt8>, byteCount: Int) -> [Int] {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: byteCount).map { start in
      (0..<byteCount).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }
  }

  /// A vocabulary of all single bytes and as many pairs as make it so large.
  private static func vocabulary(_ size: Int) -> [UInt8] {
    var text = ""
    for rank in 0..<size {
      let pair = rank - 256
      let bytes = pair < 0 ? [UInt8(rank)] : [UInt8(pair >> 8), UInt8(pair & 0xFF)]
      text += "\(Data(bytes).base64EncodedString()) \(rank)\n"
    }
    return Array(text.utf8)
  }

  private static func pack(
    _ scratch: ScratchFolder, _ tokenizer: String, _ format: String, _ options: [String] = []
  ) throws -> Command.Result {
    try Command.run(
      [
        "pack", input, "--tokenizer", tokenizer, "--output", scratch.path(format), "--format",
        format, "--quiet",
      ] + options)
  }

  @Test func `llm.c gets its token before each document and none after`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = scratch.path("tokenizer")
    let trained = try Command.run([
      "tokenizer", "train", Self.input, "--output", tokenizer, "--vocabulary-size", "600",
      "--quiet",
    ])
    #expect(trained.status == 0, "\(trained.errors)")
    for format in ["llmc", "megatron"] {
      let run = try Self.pack(scratch, tokenizer, format)
      #expect(run.status == 0, "\(run.errors)")
    }
    // The end-of-text token, 0, stands on the other side of each document, and all else is equal.
    let after = Self.integers(try scratch.read("megatron/train-00000.bin")[...], byteCount: 2)
    let file = try scratch.read("llmc/tokens_train_000000.bin")
    let before = Self.integers(file[1024...], byteCount: 2)
    #expect(
      Self.integers(file[..<1024], byteCount: 4)
        == [20_240_520, 1, after.count] + [Int](repeating: 0, count: 253))
    #expect(before.first == 0)
    #expect(after.last == 0)
    #expect(before.dropFirst() == after.dropLast())
  }

  @Test func `a vocabulary that nanoGPT does not hold is refused before anything runs`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try scratch.write("large.tiktoken", Self.vocabulary(65_537))
    let noMarks = [
      "--pattern", "gpt4", "--set", "shards.end-of-document=", "--set",
      "shards.beginning-of-document=",
    ]
    let refused = try Self.pack(scratch, tokenizer, "nanogpt", noMarks)
    #expect(refused.status == 64)
    #expect(
      refused.errors.contains("large.tiktoken") && refused.errors.contains("65537 entries"),
      "\(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("nanogpt/plan.json")))
    let run = try Self.pack(scratch, tokenizer, "llmc", noMarks)
    #expect(run.status == 0, "\(run.errors)")
    let header = Self.integers(
      try scratch.read("llmc/tokens_train_000000.bin")[..<8], byteCount: 4)
    #expect(header == [20_240_801, 7])
  }
}
