import FoundationEssentials
import TestSupport
import Testing

/// A packed set of shards in a scratch folder, and what the commands say of it.
struct ShardSetFixture {
  /// What `gristmill verify --json` prints.
  struct Verification: Decodable {
    struct Fault: Decodable {
      let kind: String
      let file: String
    }
    let sound: Bool
    let shards: Int
    let tokens: Int
    let faults: [String: Int]
    let first_faults: [Fault]
  }

  /// What `gristmill inspect --json` prints of a shard.
  struct Inspection: Decodable {
    struct Piece: Decodable, Equatable {
      let document: Int?
      let id: String?
      let start: Int
      let tokens: Int
    }
    struct Sequence: Decodable {
      let tokens: [Int]
      let pieces: [Piece]
    }
    let shown: [Sequence]
  }

  let scratch: ScratchFolder
  let tokenizer: String

  /// Trains a tokenizer on the sample articles.
  init() throws {
    scratch = try ScratchFolder()
    tokenizer = scratch.path("trained")
    let run = try Command.run([
      "tokenizer", "train", "Samples/crawl/articles.jsonl.gz", "--output", tokenizer,
      "--vocabulary-size", "600", "--quiet",
    ])
    #expect(run.status == 0, "\(run.errors)")
  }

  /// Packs the sample articles and notes into the folder `name`, several shards of them.
  func pack(_ name: String, _ more: [String] = []) throws -> String {
    let folder = scratch.path(name)
    let run = try Command.run(
      [
        "pack", "Samples/crawl/articles.jsonl.gz", "Samples/crawl/notes.jsonl",
        "Samples/crawl/articles.jsonl.zst", "--tokenizer", tokenizer, "--output", folder, "--set",
        "read.task-bytes=8000", "--set", "shards.validation-share=0.2", "--quiet",
      ] + more)
    #expect(run.status == 0, "\(run.errors)")
    return folder
  }

  func verify(_ folder: String, _ more: [String] = []) throws -> Verification {
    let run = try Command.run(["verify", folder, "--json", "--quiet"] + more)
    let found = try JSONDecoder().decode(Verification.self, from: Data(run.output.utf8))
    #expect(run.status == (found.sound ? 0 : 1), "\(run.errors)")
    return found
  }

  /// All sequences of a shard.
  func sequences(_ shard: String) throws -> [Inspection.Sequence] {
    let run = try Command.run(["inspect", shard, "--json", "--count", "100000"])
    #expect(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode(Inspection.self, from: Data(run.output.utf8)).shown
  }

  /// The prefixes of the shards in a folder, by their provenance.
  func shards(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".provenance") && !$0.hasPrefix(".forget") }.sorted()
      .map { "\(folder)/\($0.dropLast(".provenance".count))" }
  }

  func copy(_ folder: String, to name: String) throws -> String {
    let copy = scratch.path(name)
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: folder, toPath: copy)
    return copy
  }

  /// Changes the bytes of a file.
  static func change(_ path: String, _ change: (inout [UInt8]) -> Void) throws {
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    change(&bytes)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }
}
