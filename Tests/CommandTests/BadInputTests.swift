import Foundation
import TestSupport
import Testing

/// Bad input gets an error that names file and place, is counted, and costs nothing else.
struct BadInputTests {
  private static let pipeline =
    "gristmill: 1\nstages:\n  - curate: []\n  - documents: { compression: none }\n"

  private struct Outcome {
    let status: Int32
    let errors: String
    let ledger: String
    let documents: String
  }

  /// Runs a bare pipeline over `inputs`, beside one good file that must come through whole.
  private func run(
    _ scratch: ScratchFolder, _ inputs: [String], more: [String] = []
  ) throws -> Outcome {
    try scratch.write("pipeline.yaml", Array(Self.pipeline.utf8))
    try scratch.write("good.jsonl", Array(#"{"id":"good","text":"a good text"}"#.utf8) + [10])
    let result = try Command.run(
      ["run", scratch.path("pipeline.yaml"), "--output", scratch.path("out")] + more + ["--input"]
        + inputs + [scratch.path("good.jsonl")])
    let ledger = (try? scratch.read("out/ledger.json")) ?? []
    let written = (try? FolderContents(runFolder: scratch.path("out")).files) ?? [:]
    let documents = written.keys.sorted().filter { $0.hasPrefix("documents/") }
      .flatMap { written[$0] ?? [] }
    return Outcome(
      status: result.status, errors: result.errors,
      ledger: String(decoding: ledger, as: UTF8.self),
      documents: String(decoding: documents, as: UTF8.self))
  }

  private func gzip(_ scratch: ScratchFolder, _ name: String, with tool: String = "gzip") throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool, "-q", "-k", scratch.path(name)]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// 2,000 documents whose text does not compress to nothing.
  private func manyLines() -> [UInt8] {
    var generator = SeededGenerator(seed: 1)
    return (0..<2000).flatMap { index in
      let words = (0..<20).map { _ in String(generator.next(), radix: 36) }
      return Array("{\"id\":\"d\(index)\",\"text\":\"\(words.joined(separator: " "))\"}\n".utf8)
    }
  }

  @Test func `a truncated gzip file loses its end and nothing else`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("many.jsonl", manyLines())
    try gzip(scratch, "many.jsonl")
    let whole = try scratch.read("many.jsonl.gz")
    try scratch.write("cut.jsonl.gz", Array(whole[..<(whole.count / 2)]))
    let outcome = try run(scratch, [scratch.path("cut.jsonl.gz")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("cut.jsonl.gz: byte") && outcome.errors.contains("truncated"))
    #expect(
      outcome.documents.contains(#""id":"d500""#) && outcome.documents.contains("a good text"))
    #expect(outcome.ledger.contains("\"balanced\" : true"))
  }

  @Test func `a truncated zstd file loses its end and nothing else`() throws {
    let scratch = try ScratchFolder()
    let documents = manyLines()
    try scratch.write("many.jsonl", documents)
    let packed = try Command.run(
      ["convert", scratch.path("many.jsonl"), "--output", scratch.path("many.jsonl.zst")])
    #expect(packed.status == 0)
    let whole = try scratch.read("many.jsonl.zst")
    try scratch.write("cut.jsonl.zst", Array(whole[..<(whole.count * 3 / 4)]))
    let outcome = try run(scratch, [scratch.path("cut.jsonl.zst")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("cut.jsonl.zst: byte") && outcome.errors.contains("truncated"))
    #expect(
      outcome.documents.contains(#""id":"d500""#) && outcome.documents.contains("a good text"))
    #expect(outcome.ledger.contains("\"balanced\" : true"))
  }

  @Test func `a wrong Content-Length costs its record alone`() throws {
    let scratch = try ScratchFolder()
    func record(_ number: Int, length: Int) -> String {
      let text = "The text of page number \(number)."
      return "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:page:\(number)>\r\n"
        + "Content-Type: text/plain\r\nContent-Length: \(length < 0 ? text.utf8.count : length)\r\n"
        + "\r\n\(text)\r\n\r\n"
    }
    let records = [
      record(1, length: -1), record(2, length: 5), record(3, length: 400), record(4, length: -1),
    ]
    try scratch.write("pages.warc", Array(records.joined().utf8))
    let outcome = try run(scratch, [scratch.path("pages.warc")])
    #expect(outcome.status == 0)
    #expect(
      outcome.documents.contains("page number 1.") && outcome.documents.contains("page number 4."))
    #expect(outcome.errors.contains("pages.warc: record at byte"))
    #expect(outcome.ledger.contains("bad-content-length"))
  }

  @Test(arguments: [
    ("this is not JSON", "not-json"),
    (#"{"id":"x","text":"cut off"#, "not-json"),
    (#"{"id":"x","body":"no text"}"#, "no-text-field"),
    (#"{"id":"x","text":7}"#, "text-not-a-string"),
  ])
  func `a bad JSON line is counted by its cause`(line: String, cause: String) throws {
    let scratch = try ScratchFolder()
    let lines =
      "{\"id\":\"before\",\"text\":\"first\"}\n\(line)\n{\"id\":\"after\",\"text\":\"last\"}\n"
    try scratch.write("lines.jsonl", Array(lines.utf8))
    let outcome = try run(scratch, [scratch.path("lines.jsonl")])
    #expect(outcome.status == 0)
    #expect(outcome.ledger.contains("\"\(cause)\""), "\(outcome.ledger)")
    #expect(outcome.errors.contains("lines.jsonl: record at byte 31"), "\(outcome.errors)")
    for id in ["before", "after", "good"] {
      #expect(outcome.documents.contains("\"id\":\"\(id)\""))
    }
  }

  @Test func `lone surrogates, invalid UTF-8 and NUL bytes are repaired and counted`() throws {
    let scratch = try ScratchFolder()
    var lines = Array(#"{"id":"s","text":"lone \ud800 surrogate"}"#.utf8) + [10]
    lines += Array(#"{"id":"u","text":"bad "#.utf8) + [0xC3, 0x28, 0xFF] + Array("\"}\n".utf8)
    lines += Array(#"{"id":"n","text":"nul \u0000 byte"}"#.utf8) + [10]
    lines += Array(#"{"id":"r","text":"raw nul "#.utf8) + [0] + Array(" byte\"}\n".utf8)
    try scratch.write("lines.jsonl", lines)
    let outcome = try run(scratch, [scratch.path("lines.jsonl")])
    #expect(outcome.status == 0)
    #expect(outcome.documents.contains("lone \u{FFFD} surrogate"))
    #expect(outcome.documents.contains("bad \u{FFFD}(\u{FFFD}"))
    #expect(outcome.ledger.contains("\"lone-surrogates\" : 1"))
    #expect(outcome.ledger.contains("\"invalid-byte-sequences\" : 2"))
    #expect(outcome.ledger.contains("\"balanced\" : true"))
  }

  @Test func `what was accepted once is accepted from the curated shards`() throws {
    let scratch = try ScratchFolder()
    // As a JSON string the text is longer than any line may be; in metadata the value is one deeper.
    try scratch.write("lines.txt", Array(String(repeating: "a\n", count: 700).utf8))
    let nested = String(repeating: "[", count: 9) + String(repeating: "]", count: 9)
    try scratch.write("deep.jsonl", Array("{\"text\":\"deep\",\"a\":\(nested)}\n".utf8))
    let outcome = try run(
      scratch, [scratch.path("lines.txt"), scratch.path("deep.jsonl")],
      more: [
        "--set", "read.maximum-record-bytes=1500", "--set", "read.maximum-line-bytes=1500", "--set",
        "read.maximum-nesting=10",
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.documents.contains("a\\na\\na"))
    #expect(outcome.documents.contains(nested))
  }

  @Test func `a line of hundreds of megabytes is passed over in little memory`() throws {
    let scratch = try ScratchFolder()
    let line = Array(#"{"id":"huge","text":""#.utf8) + [UInt8](repeating: 97, count: 1 << 20)
    try scratch.write("head", line)
    let made = Process()
    made.executableURL = URL(fileURLWithPath: "/bin/sh")
    made.arguments = [
      "-c",
      "cat '\(scratch.path("head"))'; head -c 500000000 /dev/zero | tr '\\0' a; echo '\"}';"
        + " echo '{\"id\":\"next\",\"text\":\"after the huge line\"}'",
    ]
    try scratch.write("huge.jsonl", [])
    made.standardOutput = FileHandle(forWritingAtPath: scratch.path("huge.jsonl"))
    try made.run()
    made.waitUntilExit()
    let outcome = try run(scratch, [scratch.path("huge.jsonl")])
    #expect(outcome.status == 0)
    #expect(outcome.documents.contains("after the huge line"))
    #expect(outcome.ledger.contains("\"too-long\""))
    let timings = String(decoding: try scratch.read("out/timings.json"), as: UTF8.self)
    let peaks = timings.matches(of: /"peakMemoryByteCount" : (\d+)/).compactMap { Int($0.1) }
    #expect(!peaks.isEmpty && peaks.allSatisfy { $0 < 300_000_000 }, "\(peaks)")
  }

  @Test func `an empty file is no failure`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("empty.jsonl", [])
    let outcome = try run(scratch, [scratch.path("empty.jsonl")])
    #expect(outcome.status == 0)
    #expect(outcome.documents.contains("a good text"))
    #expect(outcome.ledger.contains("empty-file"))
    #expect(outcome.errors.contains("empty.jsonl: byte 0: the file is empty"))
  }

  @Test func `an empty file that should be compressed has lost what it held`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("empty.warc.gz", [])
    let outcome = try run(scratch, [scratch.path("empty.warc.gz")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("empty.warc.gz: byte 0: the file is empty; fetch it again"))
    #expect(outcome.documents.contains("a good text"))
  }

  @Test func `a flipped first byte costs one gzip member, not the file`() throws {
    let scratch = try ScratchFolder()
    for name in ["one", "two"] {
      try scratch.write(
        "\(name).jsonl", Array("{\"id\":\"\(name)\",\"text\":\"text \(name)\"}\n".utf8))
      try gzip(scratch, "\(name).jsonl")
    }
    var bytes = try scratch.read("one.jsonl.gz") + scratch.read("two.jsonl.gz")
    bytes[0] ^= 0xFF
    try scratch.write("both.jsonl.gz", bytes)
    let outcome = try run(scratch, [scratch.path("both.jsonl.gz")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("both.jsonl.gz: byte 0: corrupt"), "\(outcome.errors)")
    #expect(outcome.documents.contains("text two") && outcome.documents.contains("a good text"))
  }

  @Test func `a directory among the inputs is named and the rest is done`() throws {
    let scratch = try ScratchFolder()
    try FileManager.default.createDirectory(
      atPath: scratch.path("folder"), withIntermediateDirectories: true)
    let outcome = try run(scratch, [scratch.path("folder")])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("folder") && outcome.errors.contains("directory"))
    #expect(outcome.documents.contains("a good text"))
  }

  @Test func `a file that vanishes after planning is named and the rest is done`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("gone.jsonl", Array(#"{"id":"g","text":"soon gone"}"#.utf8))
    let whole = try run(scratch, [scratch.path("gone.jsonl")])
    #expect(whole.status == 0)
    // The same plan in a folder where nothing is done yet.
    try FileManager.default.createDirectory(
      atPath: scratch.path("fresh"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: scratch.path("out/plan.json"), toPath: scratch.path("fresh/plan.json"))
    try FileManager.default.removeItem(atPath: scratch.path("gone.jsonl"))
    let task = try Command.run([
      "task", "--plan", scratch.path("fresh/plan.json"), "--stage", "curate", "--index", "0",
    ])
    #expect(task.status == 1)
    #expect(task.errors.contains("gone.jsonl"))
    let manifest = String(decoding: try scratch.read("fresh/done/curate/00000.json"), as: UTF8.self)
    #expect(manifest.contains("gone.jsonl") && manifest.contains("cannot-open"))
  }

  @Test func `a file that changes after planning is named and not taken for the planned one`()
    throws
  {
    let scratch = try ScratchFolder()
    try scratch.write("early.jsonl", Array(#"{"id":"e","text":"as planned"}"#.utf8))
    #expect(try run(scratch, [scratch.path("early.jsonl")]).status == 0)
    try FileManager.default.createDirectory(
      atPath: scratch.path("fresh"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: scratch.path("out/plan.json"), toPath: scratch.path("fresh/plan.json"))
    try scratch.write("early.jsonl", Array(#"{"id":"e","text":"as changed"}"#.utf8))
    let task = try Command.run([
      "task", "--plan", scratch.path("fresh/plan.json"), "--stage", "curate", "--index", "0",
    ])
    #expect(task.status == 1)
    #expect(task.errors.contains("early.jsonl: has changed since the run was planned"))
  }

  @Test func `files of one name in two folders give documents of two names`() throws {
    let scratch = try ScratchFolder()
    for folder in ["a", "b"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path(folder), withIntermediateDirectories: true)
      try scratch.write("\(folder)/part.jsonl", Array(#"{"text":"text of \#(folder)"}"#.utf8))
    }
    let outcome = try run(scratch, [scratch.path("a/part.jsonl"), scratch.path("b/part.jsonl")])
    #expect(outcome.status == 0)
    #expect(outcome.documents.contains("\"id\":\"a/part.jsonl#0\""))
    #expect(outcome.documents.contains("\"id\":\"b/part.jsonl#0\""))
  }

  @Test func `a pattern that matches nothing is refused before anything runs`() throws {
    let scratch = try ScratchFolder()
    let outcome = try run(scratch, [scratch.path("nothing*.jsonl")])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("nothing*.jsonl"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
  }

  @Test func `a hostile file name is just a name`() throws {
    let scratch = try ScratchFolder()
    let name = "a [b]*? \"c\"\n$(d).jsonl"
    try scratch.write(name, Array(#"{"text":"from a file with a strange name"}"#.utf8))
    let outcome = try run(scratch, [scratch.path(name)])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.documents.contains("from a file with a strange name"))
  }
}
