import FoundationEssentials
import TestSupport
import Testing

/// Training and encoding on files, without a run around them.
struct TokenizerCommandTests {
  private static let input = ["Samples/crawl/*.jsonl*", "Samples/crawl/*wet*"]

  private func train(_ folder: String, _ more: [String]) throws -> Command.Result {
    try Command.run(
      ["tokenizer", "train"] + Self.input + ["--output", folder, "--vocabulary-size", "1000"]
        + ["--quiet"] + more)
  }

  @Test func `workers and memory do not change a tokenizer, nor the ids it gives`() throws {
    let scratch = try ScratchFolder()
    for (name, more) in [
      ("one", ["--workers", "1"]), ("four", ["--workers", "4", "--memory", "64M"]),
    ] {
      let run = try train(scratch.path(name), more)
      #expect(run.status == 0, "\(run.errors)")
      let encode = try Command.run(
        ["tokenizer", "encode", "--tokenizer", scratch.path("\(name)/tokenizer.json")] + Self.input
          + ["--output", scratch.path("\(name).bin"), "--quiet"] + more)
      #expect(encode.status == 0, "\(encode.errors)")
    }
    let one = try FolderContents(runFolder: scratch.path("one"))
    #expect(
      Set(one.files.keys)
        == ["report.json", "tokenizer.json", "tokenizer_config.json", "tokenizer.tiktoken"])
    #expect(one.differences(from: try FolderContents(runFolder: scratch.path("four"))) == [])
    for name in ["bin", "bin.lengths"] {
      #expect(try scratch.read("one.\(name)") == scratch.read("four.\(name)"))
    }
  }

  @Test func `what only the other algorithm looks at is refused`() throws {
    let scratch = try ScratchFolder()
    for option in [
      ["--algorithm", "sentencepiece-bpe", "--pattern", "gpt2"], ["--no-split-digits"],
    ] {
      let run = try train(scratch.path("out"), option)
      #expect(run.status == 64 && run.errors.contains("Has no effect"), "\(run.errors)")
    }
  }

  @Test func `a vocabulary too small for the bytes is refused`() throws {
    let scratch = try ScratchFolder()
    let run = try Command.run([
      "tokenizer", "train", "Samples/crawl/notes.jsonl", "--output", scratch.path("out"),
      "--vocabulary-size", "100",
    ])
    #expect(run.status == 64)
    #expect(run.errors.contains("vocabulary-size"))
  }

  @Test func `documents can come from standard input`() throws {
    let scratch = try ScratchFolder()
    let run = try train(scratch.path("tokenizer"), [])
    #expect(run.status == 0)
    let encode = try Command.run(
      [
        "tokenizer", "encode", "--tokenizer", scratch.path("tokenizer/tokenizer.json"), "-",
        "--output", scratch.path("out.bin"),
      ], input: Array("{\"text\":\"ab\"}\n{\"text\":\"\"}\n".utf8))
    #expect(encode.status == 0, "\(encode.errors)")
    #expect(try scratch.read("out.bin.lengths").count == 8)
  }
}
