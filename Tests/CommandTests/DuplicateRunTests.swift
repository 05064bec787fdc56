import Foundation
import TestSupport
import Testing

/// `gristmill deduplicate` under all that can befall it: kills, full disks and damaged files in each
/// phase end in the bytes of an undisturbed run, or in an error that names the file.
@Suite(.serialized)
struct DuplicateRunTests {
  private static let stages = [
    "curate", "deduplicate/buckets", "deduplicate/pairs", "deduplicate/sets",
    "deduplicate/clusters", "deduplicate/removals", "deduplicate/audit", "deduplicate/report",
    "documents",
  ]

  /// The folder of the input, and of a run of its own.
  private struct Fixture {
    let scratch: ScratchFolder
    let whole: FolderContents

    init() throws {
      let scratch = try ScratchFolder()
      try scratch.write("in.jsonl", Self.lines)
      let run = try Command.run(Self.arguments("whole", scratch))
      #expect(run.status == 0, "\(run.errors)")
      whole = try FolderContents(runFolder: scratch.path("whole"))
      self.scratch = scratch
    }

    func arguments(_ output: String) -> [String] { Self.arguments(output, scratch) }

    private static func arguments(_ output: String, _ scratch: ScratchFolder) -> [String] {
      [
        "deduplicate", scratch.path("in.jsonl"), "--output", scratch.path(output), "--quiet",
        "--set", "read.task-bytes=60000", "--set", "deduplicate.partitions=3", "--set",
        "deduplicate.verify=exact",
      ]
    }

    func path(_ output: String, _ name: String) -> String { scratch.path("\(output)/\(name)") }

    func expectWhole(_ output: String, _ comment: String) throws {
      let run = try Command.run(arguments(output))
      #expect(run.status == 0, "\(comment): \(run.errors)")
      let contents = try FolderContents(runFolder: scratch.path(output))
      #expect(whole.differences(from: contents) == [], "\(comment)")
    }

    /// Documents of 80 words, half of them copies or edits of others.
    private static var lines: [UInt8] {
      var generator = SeededGenerator(seed: 3)
      var documents: [[String]] = []
      return (0..<400).flatMap { number -> [UInt8] in
        let kind = Int.random(in: 0..<10, using: &generator)
        var words = (0..<80).map { _ in "w\(Int.random(in: 0..<5000, using: &generator))" }
        if kind >= 5, let other = documents.randomElement(using: &generator) {
          words = other
          if kind > 5 { words[kind * 7] = "edited\(number)" }
        }
        documents.append(words)
        let text = words.joined(separator: " ")
        return Array("{\"id\":\"d\(number)\",\"text\":\"\(text)\"}\n".utf8)
      }
    }
  }

  @Test func `a run killed in each phase ends with the bytes of an undisturbed one`() throws {
    let fixture = try Fixture()
    var killed = 0
    for stage in Self.stages.dropFirst().dropLast(2) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Command.path)
      process.arguments = fixture.arguments("killed")
      try process.run()
      // The phase's folder is made when its first task begins.
      while process.isRunning,
        !FileManager.default.fileExists(atPath: fixture.path("killed", stage))
      { usleep(200) }
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        killed += 1
      }
      process.waitUntilExit()
    }
    #expect(killed >= 3)
    try fixture.expectWhole("killed", "after \(killed) kills")
  }

  @Test func `a disk that is full in each phase stops the task with the name of the file`() throws {
    let fixture = try Fixture()
    let folder = fixture.scratch.path("full")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["plan.json", "pipeline.resolved.yaml"] {
      try FileManager.default.copyItem(
        atPath: fixture.path("whole", name), toPath: "\(folder)/\(name)")
    }
    for stage in Self.stages {
      let task = ["task", "--plan", "\(folder)/plan.json", "--stage", stage, "--quiet", "--index"]
      let limited = Process()
      limited.executableURL = URL(fileURLWithPath: "/bin/sh")
      limited.arguments =
        ["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh", Command.path] + task + ["0"]
      let errors = Pipe()
      limited.standardError = errors
      try limited.run()
      let message = String(
        decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      limited.waitUntilExit()
      #expect(limited.terminationStatus == 1)
      #expect(message.contains(folder) && message.contains("cannot write"), "\(stage): \(message)")
      for manifest in fixture.whole.files.keys where manifest.hasPrefix("done/\(stage)/") {
        let index = try #require(Int(manifest.suffix(10).prefix(5)))
        let run = try Command.run(task + ["\(index)"])
        #expect(run.status == 0, "\(stage): \(run.errors)")
      }
    }
    try fixture.expectWhole("full", "after full disks")
  }

  @Test func `a flipped byte in a file between two phases is named, and the file made again`()
    throws
  {
    let fixture = try Fixture()
    for name in [
      "curate/00001.bands", "curate/00001.signatures", "curate/00001.ids", "curate/00001.shingles",
      "deduplicate/buckets/00001.edges", "deduplicate/buckets/00001.json",
      "deduplicate/pairs/00001.pairs", "deduplicate/sets/00000.sets",
      "deduplicate/clusters/00001.removed", "deduplicate/clusters/00001.clusters.jsonl",
      "deduplicate/removals/00001.removals", "deduplicate/removals/00001.removed.jsonl",
      "deduplicate/audit/00000.json",
    ] { try damage(name, fixture) }
  }

  private func damage(_ name: String, _ fixture: Fixture) throws {
    var bytes = try fixture.scratch.read("whole/\(name)")
    bytes[bytes.count / 2] ^= 1
    try fixture.scratch.write("whole/\(name)", bytes)
    let stage = Self.stages.first { name.hasPrefix("\($0)/") }
    for later in Self.stages.drop(while: { $0 != stage }).dropFirst() {
      try FileManager.default.removeItem(atPath: fixture.path("whole", "done/\(later)"))
    }
    let damaged = try Command.run(fixture.arguments("whole"))
    if damaged.status == 0 {
      // The id of a document that is alone is not read.
      #expect(name.hasSuffix(".ids"))
    } else {
      #expect(damaged.status == 1)
      #expect(damaged.errors.contains(name), "\(damaged.errors)")
    }
    try FileManager.default.removeItem(atPath: fixture.path("whole", name))
    try fixture.expectWhole("whole", name)
  }
}
