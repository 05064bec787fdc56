import FoundationEssentials
import TestSupport
import Testing

/// `gristmill pack` as scripts call it.
struct PackCommandTests {
  private static let input = "Samples/crawl/articles.jsonl.gz"

  private func integers<T: FixedWidthInteger>(_ bytes: [UInt8], as _: T.Type) -> [Int] {
    let width = T.bitWidth / 8
    return stride(from: 0, to: bytes.count, by: width).map { start in
      (0..<width).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }
  }

  private struct Ledger: Decodable {
    struct Stage: Decodable {
      struct Sum: Decodable {
        struct Tokens: Decodable {
          let encoded: Int
          let endOfDocument: Int
          let packed: Int
        }
        let tokens: Tokens?
      }
      let ledger: Sum
    }
    let stages: [Stage]
    let balanced: Bool
  }

  @Test func `shards hold what encode gives, with one end after each document`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try TrainedTokenizer.folder(on: Self.input, in: scratch)
    let encode = try Command.run([
      "tokenizer", "encode", "--tokenizer", tokenizer, Self.input, "--output",
      scratch.path("ids.bin"), "--quiet",
    ])
    #expect(encode.status == 0, "\(encode.errors)")
    let pack = try Command.run([
      "pack", Self.input, "--tokenizer", tokenizer, "--output", scratch.path("packed"), "--format",
      "megatron", "--strategy", "concatenate", "--quiet",
    ])
    #expect(pack.status == 0, "\(pack.errors)")
    let lengths = integers(try scratch.read("ids.bin.lengths"), as: UInt32.self)
    var ids = integers(try scratch.read("ids.bin"), as: UInt32.self)[...]
    var expected: [Int] = []
    for length in lengths {
      expected += ids.prefix(length) + [0]
      ids = ids.dropFirst(length)
    }
    #expect(lengths.count > 3)
    #expect(integers(try scratch.read("packed/train-00000.bin"), as: UInt16.self) == expected)
    let ledger = try JSONDecoder().decode(
      Ledger.self, from: Data(scratch.read("packed/ledger.json")))
    let tokens = try #require(ledger.stages.last?.ledger.tokens)
    #expect(ledger.balanced)
    #expect(tokens.packed == expected.count)
    #expect(tokens.encoded == expected.count - lengths.count)
    #expect(tokens.endOfDocument == lengths.count)
  }

  @Test func `the bytes are the same for any number of workers, and a second run adds nothing`()
    throws
  {
    let scratch = try ScratchFolder()
    let tokenizer = try TrainedTokenizer.folder(on: Self.input, in: scratch)
    func pack(_ name: String, _ options: [String]) throws -> FolderContents {
      let run = try Command.run(
        [
          "pack", Self.input, "Samples/crawl/notes.jsonl", "--tokenizer", tokenizer, "--output",
          scratch.path(name), "--format", "megatron", "--validation-share", "0.3", "--quiet",
          "--set", "read.task-bytes=2000",
        ] + options)
      #expect(run.status == 0, "\(run.errors)")
      return try FolderContents(runFolder: scratch.path(name))
    }
    let one = try pack("one", ["--workers", "1"])
    #expect(one.files.keys.contains { $0.hasPrefix("val-") })
    #expect(one.differences(from: try pack("two", ["--workers", "2"])) == [])
    #expect(one.differences(from: try pack("one", ["--workers", "2"])) == [])
  }

  @Test func `special tokens in text are text unless it is allowed`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try TrainedTokenizer.folder(on: Self.input, in: scratch)
    try scratch.write("in.jsonl", Array(#"{"id":"a","text":"one<|endoftext|>two"}"#.utf8))
    func tokens(_ options: String...) throws -> [Int] {
      let name = "packed\(options.count)"
      let run = try Command.run(
        [
          "pack", scratch.path("in.jsonl"), "--tokenizer", tokenizer, "--output",
          scratch.path(name), "--format", "megatron", "--quiet",
        ] + options)
      #expect(run.status == 0, "\(run.errors)")
      return integers(try scratch.read("\(name)/train-00000.bin"), as: UInt16.self)
    }
    #expect(try tokens().filter { $0 == 0 }.count == 1)
    #expect(try tokens("--allow-special").filter { $0 == 0 }.count == 2)
  }

  @Test func `tokens that the tokenizer does not have are refused before anything runs`() throws {
    let scratch = try ScratchFolder()
    let tokenizer = try TrainedTokenizer.folder(on: Self.input, in: scratch)
    for name in ["end-of-document", "beginning-of-document", "padding"] {
      let run = try Command.run([
        "pack", Self.input, "--tokenizer", tokenizer, "--output", scratch.path("packed"),
        "--format",
        "megatron", "--set", "shards.\(name)=<nothing>",
      ])
      #expect(run.status == 64)
      #expect(run.errors.contains("<nothing>") && run.errors.contains(name), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: scratch.path("packed/plan.json")))
    }
  }
}
