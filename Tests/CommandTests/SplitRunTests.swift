import TestSupport
import Testing

/// Runs whose shards are split: nothing that belongs together stands on both sides.
struct SplitRunTests {
  /// Fifty chains of three pages, each of which shares most of its words with the next: the first and
  /// the last are too unlike to be duplicates, so both are kept.
  private static var chains: [UInt8] {
    var generator = SeededGenerator(seed: 5)
    return (0..<50).flatMap { chain -> [UInt8] in
      var words = (0..<100).map { _ in "w\(Int.random(in: 0..<9000, using: &generator))" }
      return (0..<3).flatMap { page -> [UInt8] in
        for word in (15 * page)..<(15 * page + 14) { words[word] = "p\(page)x\(chain)" }
        let text = "chain \(chain) \(words.joined(separator: " "))"
        return Array("{\"id\":\"c\(chain)-\(page)\",\"text\":\"\(text)\"}\n".utf8)
      }
    }
  }

  private func run(_ settings: String, _ scratch: ScratchFolder) throws -> PackedTexts {
    try scratch.write("in.jsonl", Self.chains)
    try scratch.write(
      "p.yaml",
      Array(
        ("gristmill: 1\nstages:\n  - curate: []\n"
          + "  - deduplicate: { minimum-similarity: 0.62, shingle-size: 3, bands: 32, rows: 4,"
          + " partitions: 2, verify: exact }\n"
          + "  - tokenizer: { vocabulary-size: 300 }\n  - shards: { \(settings) }\n").utf8))
    let run = try Command.run([
      "run", scratch.path("p.yaml"), "--input", scratch.path("in.jsonl"), "--output",
      scratch.path("out"), "--quiet", "--set", "read.task-bytes=20000",
    ])
    #expect(run.status == 0, "\(run.errors)")
    return try PackedTexts(runFolder: scratch.path("out"), scratch)
  }

  private func chains(_ texts: [String]?) -> [Substring] {
    (texts ?? []).map { $0.split(separator: " ")[1] }
  }

  @Test func `pages that were ever found alike are on one side, even when both are kept`() throws {
    let scratch = try ScratchFolder()
    let settings = "validation-share: 0.4, test-share: 0.2"
    let packed = try run("\(settings), split-by: cluster", scratch)
    let parts = ["train", "val", "test"].map { chains(packed.texts[$0]) }
    let sets = parts.map { Set($0) }
    #expect(sets.allSatisfy { $0.count > 3 })
    #expect(sets[0].isDisjoint(with: sets[1]) && sets[0].isDisjoint(with: sets[2]))
    #expect(sets[1].isDisjoint(with: sets[2]))
    // The chains are real: two pages of most are kept, and by their ids they would have been parted.
    let pageCount = parts.reduce(0) { $0 + $1.count }
    #expect(pageCount > 90 && pageCount <= 100)
    let other = try ScratchFolder()
    let byID = try run("\(settings), split-by: id", other)
    let (train, validation) = (chains(byID.texts["train"]), chains(byID.texts["val"]))
    #expect(!Set(train).isDisjoint(with: validation))
  }

  @Test func `a split by cluster without duplicate removal is refused`() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      "p.yaml",
      Array(
        ("gristmill: 1\nstages:\n  - curate: []\n  - tokenizer: { vocabulary-size: 300 }\n"
          + "  - shards: { split-by: cluster }\n").utf8))
    let run = try Command.run(["check", scratch.path("p.yaml")])
    #expect(run.status == 64 && run.errors.contains("split-by: cluster"), "\(run.errors)")
  }
}
