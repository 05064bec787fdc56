import ByteKernels
import Deduplication
import FoundationEssentials
import TestSupport
import Testing
import TextAnalysis

@testable import Pipelines

/// Dump after dump is compared with an index of signatures and added to it.
struct SignatureIndexTests {
  private struct Silence: RunObserver {
    func stageBegan(_ stage: String, taskCount: Int, doneCount: Int) {}
    func advanced(byteCount: Int) {}
    func taskEnded(_ stage: String, index: Int) {}
    func warned(_ message: String) {}
    func failed(_ message: String) {}
    func stageEnded(_ timing: StageTiming) {}
    func finished() {}
  }

  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// Documents of 60 words; every third is a copy of one two places before, each fifth of those exact.
  private func lines(_ range: Range<Int>) -> [String] {
    var generator = SeededGenerator(seed: 11)
    var texts: [[String]] = []
    for number in 0..<range.upperBound {
      guard number % 3 == 2 else {
        texts.append((0..<60).map { _ in "w\(Int.random(in: 0..<9999, using: &generator))" })
        continue
      }
      // Some of these are in the dump before.
      var copy = texts[number / 2 / 3 * 3]
      if number % 5 != 0 { copy[number % 60] = "changed\(number)" }
      texts.append(copy)
    }
    return range.map { #"{"id":"d\#($0)","text":"\#(texts[$0].joined(separator: " "))"}"# + "\n" }
  }

  private func write(_ name: String, _ range: Range<Int>) throws -> String {
    try scratch.write(name, Array(lines(range).joined().utf8))
  }

  private var settings: DeduplicationSettings {
    var settings = DeduplicationSettings()
    (settings.keep, settings.partitions) = (KeepOrder(.first), 3)
    return settings
  }

  @discardableResult
  private func run(
    _ input: String, to output: String, update: Bool = true, against: String? = "index",
    settings: DeduplicationSettings? = nil
  ) async throws -> RunLedger {
    var settings = settings ?? self.settings
    if let against {
      settings.index.against = PathSetting(scratch.path(against))
      settings.index.update = update
    }
    var reading = ReadingSettings()
    reading.taskBytes = 9000
    return try await Deduplicating.run(
      [input], reading: reading, settings: settings, seed: 5, listsOnly: true,
      to: scratch.path(output),
      workerCount: 2, memoryByteCount: 1 << 26, observer: Silence())
  }

  private struct Removed: Decodable {
    let id: String
    /// Nil for a document that cuts left too little of.
    let kept: String?
  }

  private func removed(_ output: String) throws -> [String: String] {
    let lines = try scratch.read("\(output)/removed.jsonl").split(separator: UInt8(ascii: "\n"))
    let removed = try lines.map { try JSONDecoder().decode(Removed.self, from: Data($0)) }
    return Dictionary(uniqueKeysWithValues: removed.map { ($0.id, $0.kept ?? "") })
  }

  /// The bytes of every file of the index but its lock.
  private func contents(of name: String = "index") throws -> [String: [UInt8]] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: scratch.path(name))
    var contents: [String: [UInt8]] = [:]
    for file in names where file != ".lock" {
      var isFolder = false
      let path = scratch.path("\(name)/\(file)")
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder else {
        continue
      }
      contents[file] = try scratch.read("\(name)/\(file)")
    }
    return contents
  }

  @Test(arguments: VerificationRule.allCases)
  func `two dumps one after the other leave what both at once do`(
    verification: VerificationRule
  ) async throws {
    var settings = settings
    settings.verification = verification
    let (first, second) = (try write("1.jsonl", 0..<90), try write("2.jsonl", 90..<240))
    let both = try write("both.jsonl", 0..<240)
    let ledger = try await run(both, to: "both", against: nil, settings: settings)
    try await run(first, to: "first", settings: settings)
    let secondLedger = try await run(second, to: "second", settings: settings)
    #expect(secondLedger.balanced)
    let expected = try removed("both")
    #expect(expected.count > 60)
    #expect(try removed("first").merging(removed("second")) { $1 } == expected)
    // Some are removed in favour of a document of the first dump.
    #expect(try removed("second").values.contains { Int($0.dropFirst()) ?? 90 < 90 })
    #expect(ledger.balanced)
  }

  @Test func `a dump that is there already, and one that is empty, leave nothing new`() async throws
  {
    let first = try write("1.jsonl", 0..<60)
    try await run(first, to: "first")
    let kept = 60 - (try removed("first").count)
    let again = try await run(first, to: "again", update: false)
    #expect(try removed("again").count == 60)
    #expect(again.balanced)
    let empty = try scratch.write("empty.jsonl", [])
    #expect(try await run(empty, to: "empty").balanced)
    let index = try JSONFile.read(SignatureIndex.self, from: scratch.path("index/index.json"))
    #expect(index?.dumps.map(\.documentCount) == [kept, 0])
  }

  @Test func `a document that a cut drops is not in the index`() async throws {
    func words(_ name: String, _ count: Int) -> String {
      (0..<count).map { "\(name)\($0)" }.joined(separator: " ")
    }
    let shared = words("s", 30)
    let short = #"{"id":"short","text":"\#(shared)\n\#(words("b", 20))"}"# + "\n"
    let long = #"{"id":"long","text":"\#(shared)\n\#(words("a", 90))"}"# + "\n"
    let both = try scratch.write("both.jsonl", Array((long + short).utf8))
    let alone = try scratch.write("alone.jsonl", Array(short.utf8))
    var settings = settings
    (settings.pieces.lines, settings.pieces.minimumLeftWords) = (.first, 40)
    #expect(try await run(both, to: "first", settings: settings).balanced)
    #expect(try removed("first") == ["short": ""])
    let index = try JSONFile.read(SignatureIndex.self, from: scratch.path("index/index.json"))
    #expect(index?.dumps.map(\.documentCount) == [1])
    try await run(alone, to: "second", settings: settings)
    #expect(try removed("second").isEmpty)
  }

  @Test func `a run that lost an input adds nothing`() async throws {
    try scratch.write("broken.jsonl.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1])
    _ = try write("whole.jsonl", 0..<30)
    let ledger = try await run(scratch.path("*.jsonl*"), to: "first")
    #expect(!ledger.failures.isEmpty)
    #expect(try removed("first").count > 5)
    #expect(FileSystem.status(scratch.path("index/index.json")) == nil)
  }

  @Test func `running an update again changes nothing, whatever came after it`() async throws {
    let (first, second) = (try write("1.jsonl", 0..<60), try write("2.jsonl", 60..<120))
    try await run(first, to: "first")
    let after = try contents()
    try await run(first, to: "first")
    #expect(try contents() == after)
    try await run(second, to: "second")
    let complete = try contents()
    for (input, output) in [(first, "first"), (second, "second")] {
      let before = try removed(output)
      try FileManager.default.removeItem(atPath: scratch.path(output))
      try await run(input, to: output)
      #expect(try removed(output) == before)
    }
    #expect(try contents() == complete)
  }

  @Test func `a run that is killed while it adds its dump goes on where it stopped`() async throws {
    let first = try write("1.jsonl", 0..<60)
    try await run(first, to: "first")
    let whole = try contents()
    // Killed before the list of dumps was written, and in the midst of the copies.
    for leftover in ["", ".new"] {
      let list = try #require(whole.keys.first { $0.hasSuffix("dump.json") })
      let name = list.split(separator: "/")[1]
      try FileManager.default.removeItem(atPath: scratch.path("index/index.json"))
      try FileManager.default.removeItem(atPath: scratch.path("first/done/deduplicate/index"))
      let dumps = scratch.path("index/dumps")
      if !leftover.isEmpty {
        try FileManager.default.moveItem(
          atPath: "\(dumps)/\(name)", toPath: "\(dumps)/\(name)\(leftover)")
        try FileManager.default.removeItem(atPath: "\(dumps)/\(name)\(leftover)/dump.json")
      }
      try await run(first, to: "first")
      #expect(try contents() == whole)
    }
  }

  @Test func `an index that is missing, foreign or made otherwise is refused with what to do`()
    async throws
  {
    let first = try write("1.jsonl", 0..<30)
    await #expect { try await run(first, to: "a", update: false) } throws: {
      "\($0)".contains("no index")
    }
    try FileManager.default.createDirectory(
      atPath: scratch.path("full"), withIntermediateDirectories: true)
    try scratch.write("full/notes.txt", [65])
    await #expect { try await run(first, to: "b", against: "full") } throws: {
      "\($0)".contains("notes.txt")
    }
    try await run(first, to: "first")
    var other = settings
    other.bands = 10
    await #expect { try await run(first, to: "c", settings: other) } throws: {
      "\($0)".contains("bands 14, not 10")
    }
    let dump = try #require(try contents().keys.first { $0.hasSuffix("0.signatures") })
    let sound = try scratch.read("index/\(dump)")
    try scratch.write("index/\(dump)", Array(sound.dropLast()))
    await #expect { try await run(first, to: "d") } throws: { "\($0)".contains(dump) }
    try scratch.write("index/\(dump)", sound)
    try scratch.write("index/index.json", Array("{}".utf8))
    await #expect { try await run(first, to: "e") } throws: { "\($0)".contains("index.json") }
  }

  @Test func `a run planned before another added its dump adds nothing`() async throws {
    let (first, second) = (try write("1.jsonl", 0..<30), try write("2.jsonl", 30..<60))
    try await run(first, to: "first")
    var pipeline = Pipeline()
    (pipeline.seed, pipeline.deduplicate) = (5, settings)
    pipeline.deduplicate?.index.against = PathSetting(scratch.path("index"))
    pipeline.deduplicate?.index.update = true
    let plan = try Planner.plan(pipeline, inputs: [first])
    let (index, settings) = (try #require(plan.index), try #require(pipeline.deduplicate))
    try await run(second, to: "second")
    let before = try contents()
    #expect(throws: RunError.self) {
      try index.folder.add(
        plan.identity, shardCount: 0, documentCount: 0, files: [], planned: index.dumps,
        to: SignatureIndex(settings, seed: 5), settings)
    }
    #expect(try contents() == before)
    // What it was compared with is there still.
    try index.verify(pipeline)
  }

  @Test func `what no run writes into an index is refused`() async throws {
    let first = try write("1.jsonl", 0..<30)
    try await run(first, to: "first")
    let sound = String(decoding: try scratch.read("index/index.json"), as: UTF8.self)
    let name = try #require(
      try JSONFile.read(SignatureIndex.self, from: scratch.path("index/index.json"))?.dumps.first?
        .name)
    let shards = try #require(sound.firstMatch(of: /"shardCount" : (\d+)/))
    for (old, new) in [
      (String(shards.0), #""shardCount" : -1"#), (String(shards.0), #""shardCount" : 1"#),
      (String(shards.0), #""shardCount" : 9223372036854775807"#), (name, "../../\(name)"),
    ] {
      try scratch.write("index/index.json", Array(sound.replacing(old, with: new).utf8))
      await #expect { try await run(first, to: "second") } throws: { "\($0)".contains("damaged") }
    }
  }

  @Test func `after the index has moved, another setting is told as what it is`() async throws {
    let first = try write("1.jsonl", 0..<30)
    try await run(first, to: "first")
    try await run(first, to: "second", update: false)
    try FileManager.default.createDirectory(
      atPath: scratch.path("moved"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: scratch.path("index"), toPath: scratch.path("moved/index"))
    try await run(first, to: "second", update: false, against: "moved/index")
    let other = try write("2.jsonl", 30..<40)
    await #expect {
      try await run(other, to: "second", update: false, against: "moved/index")
    } throws: { "\($0)".contains("2.jsonl is new") }
    try await run(other, to: "third", against: "moved/index")
    await #expect {
      try await run(first, to: "second", update: false, against: "moved/index")
    } throws: { "\($0)".contains("another state of the index") }
  }

  @Test func `of two runs that add at once one is refused`() async throws {
    let first = try write("1.jsonl", 0..<30)
    try FileManager.default.createDirectory(
      atPath: scratch.path("index"), withIntermediateDirectories: true)
    let lock = try FileLock(path: scratch.path("index/.lock"), .exclusive)
    await #expect { try await run(first, to: "first") } throws: {
      "\($0)".contains("another run is adding")
    }
    withExtendedLifetime(lock) {}
  }
}
