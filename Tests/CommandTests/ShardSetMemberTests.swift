import FoundationEssentials
import TestSupport
import Testing

/// What `shards.json` says of its set for commands that come later.
struct ShardSetMemberTests {
  @Test func `a set without its forgotten documents stays sound when it is converted`() throws {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack("packed", ["--format", "npy", "--sequence-length", "128"])
    let run = try Command.run(["forget", "--match", "*.example/en/*", folder, "--quiet"])
    #expect(run.status == 0, "\(run.errors)")
    let ends = try fixture.copy(folder, to: "ends")
    try ShardSetFixture.change("\(ends)/shards.json") { bytes in
      let set = String(decoding: bytes, as: UTF8.self)
      bytes = Array(
        set.replacing(#""end_of_document" : 0"#, with: #""end_of_document" : 9"#).utf8)
    }
    #expect(try fixture.verify(ends).faults["missing-end-of-document"] != nil)
    let there = fixture.scratch.path("there")
    let convert = try Command.run([
      "convert", folder, "--to", "parquet", "--output", there, "--quiet",
    ])
    #expect(convert.status == 0, "\(convert.errors)")
    let found = try fixture.verify(there, ["--all"])
    #expect(found.sound, "\(found)")
  }

  @Test func `documents that were cropped are packed anew as they are`() throws {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack(
      "packed", ["--format", "llmc", "--strategy", "one-per-document", "--sequence-length", "300"])
    let there = fixture.scratch.path("there")
    let convert = try Command.run([
      "convert", folder, "--to", "npy", "--sequence-length", "128", "--output", there, "--quiet",
    ])
    #expect(convert.status == 0, "\(convert.errors)")
    let found = try fixture.verify(there, ["--all"])
    #expect(found.sound, "\(found)")
  }

  @Test func `conversations without loss masks are not taken for texts`() throws {
    let fixture = try ShardSetFixture()
    let chats = try fixture.scratch.write(
      "chats.jsonl",
      Array(
        #"{"id":"a","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}"#
          .utf8))
    let tokenizer = fixture.scratch.path("chat-tokenizer")
    let train = try Command.run([
      "tokenizer", "train", "Samples/crawl/articles.jsonl.gz", "--output", tokenizer, "--quiet",
      "--vocabulary-size", "600", "--special-token", "<|im_start|>", "--special-token",
      "<|im_end|>",
    ])
    #expect(train.status == 0, "\(train.errors)")
    let folder = fixture.scratch.path("packed")
    let pack = try Command.run([
      "pack", chats, "--tokenizer", tokenizer, "--output", folder, "--quiet", "--format",
      "megatron", "--set",
      "shards.chat-template=chatml", "--set", "shards.loss=all", "--set",
      "shards.end-of-document=<|im_end|>",
    ])
    #expect(pack.status == 0, "\(pack.errors)")
    let found = try fixture.verify(folder, ["--all"])
    #expect(found.sound && found.tokens > 0, "\(found)")
  }
}
