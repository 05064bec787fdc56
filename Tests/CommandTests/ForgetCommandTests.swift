import FoundationEssentials
import TestSupport
import Testing

/// `gristmill forget`: what goes, what stays, and what a kill leaves.
struct ForgetCommandTests {
  private static let ways: [(format: String, strategy: String)] = [
    ("megatron", "best-fit"), ("nanogpt", "concatenate"), ("llmc", "one-per-document"),
    ("olmo", "concatenate"), ("npy", "concatenate"), ("mds", "best-fit"),
    ("webdataset", "concatenate"),
  ]

  /// What is left of sequences without one document.
  private func left(
    _ sequences: [ShardSetFixture.Inspection.Sequence], without id: String, isFixed: Bool,
    padding: Int
  ) -> [[Int]] {
    sequences.compactMap { sequence in
      var start = 0
      var tokens: [Int] = []
      var isEmpty = true
      for piece in sequence.pieces {
        if piece.id != id {
          tokens += sequence.tokens[start..<(start + piece.tokens)]
          if piece.document != nil { isEmpty = false }
        }
        start += piece.tokens
      }
      if isEmpty { return nil }
      if !isFixed { return tokens }
      return tokens + Array(repeating: padding, count: sequence.tokens.count - tokens.count)
    }
  }

  @Test func `a document goes from shards of every kind, and nothing else does`() throws {
    let fixture = try ShardSetFixture()
    for (format, strategy) in Self.ways {
      let name = "\(format)-\(strategy)"
      let folder = try fixture.pack(
        name, ["--format", format, "--strategy", strategy, "--sequence-length", "256"])
      let shards = try fixture.shards(folder)
      let before = try shards.map(fixture.sequences)
      let pieces = before.flatMap { $0.flatMap(\.pieces) }
      let id = try #require(pieces.filter { $0.document == 1 }.compactMap(\.id).first)
      let run = try Command.run(["forget", "--id", id, folder, "--quiet"])
      #expect(run.status == 0, "\(name): \(run.errors)")
      let set = String(
        decoding: try fixture.scratch.copy(of: "\(folder)/shards.json"), as: UTF8.self)
      let isFixed = !set.contains(#""sequence_length" : 0"#)
      let remaining = try fixture.shards(folder)
      for (shard, sequences) in zip(shards, before) {
        let expected = left(sequences, without: id, isFixed: isFixed, padding: 0)
        #expect(remaining.contains(shard) == !expected.isEmpty)
        if expected.isEmpty { continue }
        let after = try fixture.sequences(shard)
        #expect(after.map(\.tokens) == expected, "\(name): \(shard)")
        #expect(!after.contains { $0.pieces.contains { $0.id == id } })
      }
      let verification = try fixture.verify(folder, ["--all"])
      #expect(verification.sound, "\(name): \(verification)")
      let again = try Command.run(["forget", "--id", id, folder])
      #expect(again.status == 1 && again.errors.contains("Nothing was found"), "\(again.errors)")
    }
  }

  @Test func `the run that made the shards neither brings a document back nor fails`() throws {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack("packed", ["--format", "megatron"])
    let run = try Command.run(
      ["forget", "--match", "*.example/en/*", folder, "--note", "asked on paper", "--quiet"])
    #expect(run.status == 0, "\(run.errors)")
    let receipt = String(
      decoding: try fixture.scratch.copy(of: "\(folder)/forget-receipts/00001.json"), as: UTF8.self)
    #expect(receipt.contains("asked on paper") && receipt.contains("articles.jsonl"))
    let forgotten = try FolderContents(runFolder: folder)
    _ = try fixture.pack("packed", ["--format", "megatron"])
    #expect(try FolderContents(runFolder: folder).differences(from: forgotten) == [])
    try FileManager.default.removeItem(atPath: "\(folder)/train-00000.idx")
    let broken = try Command.run([
      "pack", "Samples/crawl/articles.jsonl.gz", "Samples/crawl/notes.jsonl",
      "Samples/crawl/articles.jsonl.zst", "--tokenizer", fixture.tokenizer, "--output", folder,
      "--set", "read.task-bytes=8000", "--set", "shards.validation-share=0.2", "--format",
      "megatron", "--quiet",
    ])
    #expect(broken.status == 1 && broken.errors.contains("forget-receipts"), "\(broken.errors)")
  }

  @Test(arguments: ["*.example/en/*", "*"])
  func `a forget that is killed again and again ends like an undisturbed one`(
    pattern: String
  ) throws {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack(
      "packed", ["--format", "mds", "--strategy", "best-fit", "--sequence-length", "256"])
    let whole = try fixture.copy(folder, to: "whole")
    let arguments = { (folder: String) in ["forget", "--match", pattern, folder, "--quiet"] }
    #expect(try Command.run(arguments(whole)).status == 0)
    let killed = try fixture.copy(folder, to: "killed")
    var kills = 0
    for attempt in 0..<30 {
      let isOver = FileManager.default.fileExists(atPath: "\(killed)/forget-receipts/00001.json")
      if isOver { break }
      if try Command.runKilled(arguments(killed), afterMilliseconds: 30 + 7 * attempt) {
        kills += 1
      }
    }
    #expect(kills > 0)
    _ = try Command.run(arguments(killed))
    let differences = try FolderContents(runFolder: whole)
      .differences(from: try FolderContents(runFolder: killed))
    #expect(differences == [])
    #expect(try fixture.verify(killed).faults.keys.allSatisfy { $0 == "missing-shard" })
  }
}
