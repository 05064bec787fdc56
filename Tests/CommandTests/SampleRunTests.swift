import FoundationEssentials
import TestSupport
import Testing

/// The sample crawl through `Pipelines/crawl.yaml`, held to the table of what should happen.
@Suite(.serialized)
struct SampleRunTests {
  /// One row of `Samples/expected.tsv`.
  private struct Expectation {
    let id: String
    let outcome: String
    let note: String
  }

  private static let small = ["--set", "tokenizer.vocabulary-size=2000", "--quiet"]

  private static func runArguments(output: String, _ more: [String] = []) -> [String] {
    ["run", "Pipelines/crawl.yaml", "--input", "Samples/crawl/*", "--output", output] + small + more
  }

  private func expectations() throws -> [Expectation] {
    let text = try String(
      contentsOfFile: "\(SourceTree.root)/Samples/expected.tsv", encoding: .utf8)
    let rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.count > 100)
    return rows.map { Expectation(id: $0[0], outcome: $0[4], note: $0[5]) }
  }

  private func ids(inLines text: String, member: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let object = try? JSONDecoder().decode([String: JSONMember].self, from: Data(line.utf8))
      return object?[member]?.text
    }
  }

  @Test func `every page of the sample crawl ends as its table says`() throws {
    let scratch = try ScratchFolder()
    let out = scratch.path("out")
    let run = try Command.run(Self.runArguments(output: out))
    #expect(run.status == 0, "\(run.errors)")
    let converted = try Command.run(
      ["convert", "\(out)/curate/*.jsonl.zst", "--output", "-", "--quiet"])
    let curated = Set(ids(inLines: converted.output, member: "id"))
    let removedText = String(
      decoding: try scratch.read("out/deduplicate/removed.jsonl"), as: UTF8.self)
    let removed = Set(ids(inLines: removedText, member: "id"))
    var groups: [String: (kept: Int, removed: Int)] = [:]
    for expected in try expectations() {
      switch expected.outcome {
      case "kept":
        #expect(curated.contains(expected.id), "\(expected.id) was dropped")
        #expect(!removed.contains(expected.id), "\(expected.id) was taken for a duplicate")
      case "dropped", "failed":
        #expect(!curated.contains(expected.id), "\(expected.id) was kept")
      case "duplicate":
        #expect(curated.contains(expected.id), "\(expected.id) was dropped")
        let group = String(expected.note.split(separator: " ").first ?? "")
        if removed.contains(expected.id) {
          groups[group, default: (0, 0)].removed += 1
        } else {
          groups[group, default: (0, 0)].kept += 1
        }
      default: Issue.record("unknown outcome \(expected.outcome)")
      }
    }
    for (group, counts) in groups {
      #expect(counts.kept == 1 && counts.removed >= 1, "\(group): \(counts)")
    }
  }

  @Test func `one worker, seven workers, little memory and a second run write the same bytes`()
    throws
  {
    let scratch = try ScratchFolder()
    let cut = ["--set", "read.task-bytes=8000"]
    let ways = [
      ("one", ["--workers", "1"]), ("seven", ["--workers", "7"]),
      ("small", ["--workers", "2", "--memory", "64M"]),
    ]
    for (name, more) in ways {
      let run = try Command.run(Self.runArguments(output: scratch.path(name), cut + more))
      #expect(run.status == 0, "\(run.errors)")
    }
    let again = try Command.run(Self.runArguments(output: scratch.path("one"), cut))
    #expect(again.status == 0)
    let first = try FolderContents(runFolder: scratch.path("one"))
    #expect(first.files.count > 20)
    for (name, _) in ways.dropFirst() {
      let other = try FolderContents(runFolder: scratch.path(name))
      #expect(first.differences(from: other) == [])
    }
  }

  @Test func `a run killed ten times ends with the bytes of an undisturbed one`() throws {
    let scratch = try ScratchFolder()
    let cut = ["--set", "read.task-bytes=8000"]
    let whole = try Command.run(Self.runArguments(output: scratch.path("whole"), cut))
    #expect(whole.status == 0)
    var killed = 0
    for attempt in 0..<60 where killed < 10 {
      let arguments = Self.runArguments(output: scratch.path("killed"), cut)
      if try Command.runKilled(arguments, afterMilliseconds: 15 + 23 * attempt) { killed += 1 }
    }
    #expect(killed >= 5)
    let last = try Command.run(Self.runArguments(output: scratch.path("killed"), cut))
    #expect(last.status == 0, "\(last.errors)")
    let differences = try FolderContents(runFolder: scratch.path("whole"))
      .differences(from: try FolderContents(runFolder: scratch.path("killed")))
    #expect(differences == [])
  }

  @Test func `tasks run one by one write what run writes`() throws {
    let scratch = try ScratchFolder()
    let whole = try Command.run(Self.runArguments(output: scratch.path("whole")))
    #expect(whole.status == 0)
    let plan = try JSONDecoder().decode(
      PlanFile.self, from: Data(try scratch.read("whole/plan.json")))
    let single = scratch.path("single")
    try FileManager.default.createDirectory(atPath: single, withIntermediateDirectories: true)
    for name in ["plan.json", "pipeline.resolved.yaml"] {
      try FileManager.default.copyItem(
        atPath: scratch.path("whole/\(name)"), toPath: "\(single)/\(name)")
    }
    for stage in plan.stages {
      for index in (0..<stage.taskCount).reversed() {
        let task = try Command.run([
          "task", "--plan", "\(single)/plan.json", "--stage", stage.name, "--index", "\(index)",
          "--quiet",
        ])
        #expect(task.status == 0, "\(task.errors)")
      }
    }
    let finished = try Command.run(Self.runArguments(output: single))
    #expect(finished.status == 0, "\(finished.errors)")
    let differences = try FolderContents(runFolder: scratch.path("whole"))
      .differences(from: try FolderContents(runFolder: single))
    #expect(differences == [])
  }

  @Test func `two drivers of one run at once do no harm`() async throws {
    let scratch = try ScratchFolder()
    let cut = ["--set", "read.task-bytes=8000"]
    let alone = try Command.run(Self.runArguments(output: scratch.path("alone"), cut))
    #expect(alone.status == 0)
    let arguments = Self.runArguments(output: scratch.path("shared"), cut)
    async let first = Command.run(arguments).status
    async let second = Command.run(arguments).status
    #expect(try await [first, second] == [0, 0])
    let last = try Command.run(arguments)
    #expect(last.status == 0)
    let differences = try FolderContents(runFolder: scratch.path("alone"))
      .differences(from: try FolderContents(runFolder: scratch.path("shared")))
    #expect(differences == [])
  }

  @Test func `a folder that holds other things is refused and left alone`() throws {
    let scratch = try ScratchFolder()
    try FileManager.default.createDirectory(
      atPath: scratch.path("mine/scratch"), withIntermediateDirectories: true)
    try scratch.write("mine/scratch/notes.tmp.txt", [65])
    let run = try Command.run(Self.runArguments(output: scratch.path("mine")))
    #expect(run.status == 64)
    #expect(run.errors.contains("holds 'scratch' and no run"))
    #expect(
      try FolderContents(runFolder: scratch.path("mine")).files == ["scratch/notes.tmp.txt": [65]])
  }

  @Test func `a damaged intermediate shard is refused by its name, and done again when removed`()
    throws
  {
    let scratch = try ScratchFolder()
    let out = scratch.path("out")
    #expect(try Command.run(Self.runArguments(output: out)).status == 0)
    let whole = try FolderContents(runFolder: out)
    var bytes = try scratch.read("out/curate/00000.jsonl.zst")
    bytes[bytes.count / 2] ^= 1
    try scratch.write("out/curate/00000.jsonl.zst", bytes)
    try FileManager.default.removeItem(atPath: "\(out)/done/shards")
    let refused = try Command.run(Self.runArguments(output: out))
    #expect(refused.status == 1)
    #expect(refused.errors.contains("curate/00000.jsonl.zst: damaged since it was written"))
    try FileManager.default.removeItem(atPath: "\(out)/curate/00000.jsonl.zst")
    #expect(try Command.run(Self.runArguments(output: out)).status == 0)
    #expect(whole.differences(from: try FolderContents(runFolder: out)) == [])
  }

  @Test func `an edited plan is refused`() throws {
    let scratch = try ScratchFolder()
    let out = scratch.path("out")
    #expect(try Command.run(Self.runArguments(output: out)).status == 0)
    let plan = String(decoding: try scratch.read("out/plan.json"), as: UTF8.self)
    try scratch.write(
      "out/plan.json", Array(plan.replacing("\"start\" : 0", with: "\"start\" : 1").utf8))
    let task = try Command.run([
      "task", "--plan", "\(out)/plan.json", "--stage", "curate", "--index", "0",
    ])
    #expect(task.status == 64)
    #expect(task.errors.contains("has been edited"))
  }

  @Test func `a folder of another run is refused and left alone`() throws {
    let scratch = try ScratchFolder()
    let first = try Command.run(Self.runArguments(output: scratch.path("out")))
    #expect(first.status == 0)
    let before = try FolderContents(runFolder: scratch.path("out"))
    let other = try Command.run(Self.runArguments(output: scratch.path("out"), ["--seed", "8"]))
    #expect(other.status == 64)
    #expect(other.errors.contains("another pipeline, seed or settings"))
    #expect(before == (try FolderContents(runFolder: scratch.path("out"))))
  }
}

private struct PlanFile: Decodable {
  struct Stage: Decodable {
    let name: String
    let taskCount: Int
  }
  let stages: [Stage]
}

/// A member of a JSON object, when it is a text.
struct JSONMember: Decodable {
  let text: String?

  init(from decoder: any Decoder) throws {
    text = try? decoder.singleValueContainer().decode(String.self)
  }
}
