import Foundation
import TestSupport
import Testing

/// Runs whose documents are put in order: the same bytes whatever happens, and every token counted.
struct OrderRunTests {
  private static let documentCount = 500

  private struct Ledger: Decodable {
    struct Entry: Decodable {
      struct Sums: Decodable {
        struct Tokens: Decodable {
          let encoded: Int
          let endOfDocument: Int
          let repeated: Int
          let packed: Int
          let unused: Int
        }
        let tokens: Tokens?
      }
      let stage: String
      let ledger: Sums
    }
    let stages: [Entry]
    let balanced: Bool
  }

  /// Texts of different lengths from the sources `a` and `b`, a tokenizer, and what packs them.
  private struct Fixture {
    let scratch: ScratchFolder

    init() throws {
      let scratch = try ScratchFolder()
      var generator = SeededGenerator(seed: 11)
      let lines = (0..<OrderRunTests.documentCount).flatMap { number -> [UInt8] in
        let words = (0..<Int.random(in: 5..<200, using: &generator)).map { _ in
          "w\(Int.random(in: 0..<300, using: &generator))"
        }
        let source = number % 5 == 0 ? "a" : "b"
        let text = "text \(number) \(words.joined(separator: " "))"
        return Array(
          "{\"id\":\"d\(number)\",\"source\":\"\(source)\",\"text\":\"\(text)\"}\n".utf8)
      }
      try scratch.write("in.jsonl", lines)
      let train = try Command.run([
        "tokenizer", "train", scratch.path("in.jsonl"), "--output", scratch.path("tokenizer"),
        "--vocabulary-size", "400", "--quiet",
      ])
      #expect(train.status == 0, "\(train.errors)")
      self.scratch = scratch
    }

    func arguments(_ name: String, format: String = "megatron", _ more: [String]) -> [String] {
      [
        "pack", scratch.path("in.jsonl"), "--tokenizer", scratch.path("tokenizer"), "--output",
        scratch.path(name), "--format", format, "--quiet", "--set", "read.task-bytes=40000",
      ] + more
    }

    func pack(
      _ name: String, format: String = "megatron", _ more: [String]
    ) throws -> FolderContents {
      let run = try Command.run(arguments(name, format: format, more))
      #expect(run.status == 0, "\(run.errors)")
      return try FolderContents(runFolder: scratch.path(name))
    }

    func tokens(_ name: String) throws -> Ledger.Entry.Sums.Tokens {
      let ledger = try JSONDecoder().decode(
        Ledger.self, from: Data(scratch.read("\(name)/ledger.json")))
      #expect(ledger.balanced)
      return try #require(ledger.stages.last { $0.stage == "shards" }?.ledger.tokens)
    }
  }

  /// A shuffle with repeated and unused documents in three shards, and something held out.
  private static let settings = [
    "--shuffle", "--seed", "5", "--validation-share", "0.1", "--set", "shards.shard-count=3",
    "--set", "shards.epochs=[a=2.5, b=0.5]",
  ]

  @Test func `the bytes are the same for any number of workers and any memory`() throws {
    let fixture = try Fixture()
    let one = try fixture.pack("one", Self.settings + ["--workers", "1", "--memory", "4G"])
    let shards = one.files.keys.filter { $0.hasPrefix("train-") && $0.hasSuffix(".bin") }
    #expect(shards.count == 3)
    let eight = try fixture.pack("eight", Self.settings + ["--workers", "8", "--memory", "64M"])
    #expect(one.differences(from: eight) == [])
    let tokens = try fixture.tokens("one")
    #expect(tokens.repeated > 0 && tokens.unused > 0)
    #expect(
      tokens.encoded + tokens.endOfDocument + tokens.repeated == tokens.packed + tokens.unused)
  }

  @Test func `a run killed in each stage ends with the bytes of an undisturbed one`() throws {
    let fixture = try Fixture()
    let whole = try fixture.pack("whole", Self.settings)
    var killed = 0
    for stage in [
      "shards/encode", "done/shards/encode/00002.json", "done/shards/mixture", "shards/sort",
      "done/shards/sort/00001.json", "done/shards/00000.json",
    ] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Command.path)
      process.arguments = fixture.arguments("killed", Self.settings)
      try process.run()
      let path = fixture.scratch.path("killed/\(stage)")
      while process.isRunning, !FileManager.default.fileExists(atPath: path) { usleep(200) }
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        killed += 1
      }
      process.waitUntilExit()
    }
    #expect(killed > 1)
    let resumed = try fixture.pack("killed", Self.settings)
    #expect(whole.differences(from: resumed) == [])
  }

  @Test func `a shuffle holds every document once, in another order for another seed`() throws {
    let fixture = try Fixture()
    func texts(_ name: String, _ more: [String]) throws -> [String] {
      _ = try fixture.pack(name, more)
      let tokens = try fixture.tokens(name)
      #expect(tokens.encoded + tokens.endOfDocument == tokens.packed)
      return try PackedTexts(
        shards: fixture.scratch.path(name), tokenizer: fixture.scratch.path("tokenizer"),
        fixture.scratch
      ).texts["train"] ?? []
    }
    let plain = try texts("plain", [])
    let first = try texts("first", ["--shuffle"])
    let second = try texts("second", ["--shuffle", "--seed", "1"])
    #expect(plain.count == Self.documentCount)
    #expect(Set(plain) == Set(first) && Set(plain) == Set(second))
    #expect(first.count == plain.count && second.count == plain.count)
    #expect(plain != first && first != second)
    let byLength = try texts("curriculum", ["--set", "shards.order-by=length"])
    #expect(byLength.count == plain.count && Set(byLength) == Set(plain))
    let lengths = byLength.map(\.utf8.count)
    let (least, most) = (lengths.prefix(50).max() ?? 0, lengths.suffix(50).min() ?? 0)
    #expect(least < most)
  }

  @Test func `a format of one file is one file, whatever the number of tasks`() throws {
    let fixture = try Fixture()
    let flat = try fixture.pack("flat", format: "nanogpt", [])
    let indexed = try fixture.pack("indexed", ["--set", "shards.shard-count=1"])
    let tokens = try #require(flat.files["train.bin"])
    #expect(tokens == indexed.files["train-00000.bin"])
    #expect(try fixture.tokens("flat").packed == tokens.count / 2)
  }

  @Test func `a source that no document has stops the run and says so`() throws {
    let fixture = try Fixture()
    let run = try Command.run(
      fixture.arguments("misspelt", ["--set", "shards.weights=[a=1, c=1]"]))
    #expect(run.status != 0 && run.errors.contains("'c'"), "\(run.errors)")
  }

  @Test func `tokens on their way are removed in the end, and made again for a shard that is lost`()
    throws
  {
    let fixture = try Fixture()
    let whole = try fixture.pack("out", Self.settings)
    let endings = [".tokens", ".index", ".sorted"]
    #expect(!whole.files.keys.contains { name in endings.contains { name.hasSuffix($0) } })
    #expect(whole.differences(from: try fixture.pack("out", Self.settings)) == [])
    try FileManager.default.removeItem(atPath: fixture.scratch.path("out/train-00001.bin"))
    #expect(whole.differences(from: try fixture.pack("out", Self.settings)) == [])
  }
}
