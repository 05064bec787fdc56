import Foundation
import TestSupport
import Testing

/// What training counts on the way, and what it must leave alone.
struct TokenizerCheckpointTests {
  private func train(_ scratch: ScratchFolder, _ more: [String]) throws -> Command.Result {
    try Command.run(
      ["tokenizer", "train", "--output", scratch.path, "--quiet"] + more
        + (more.contains("--vocabulary-size") ? [] : ["--vocabulary-size", "300"]))
  }

  private func line(_ text: String) -> [UInt8] { Array("{\"text\":\"\(text)\"}\n".utf8) }

  private func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  @Test func `a folder of inputs beside the tokenizer stays`() throws {
    let scratch = try ScratchFolder()
    try makeFolder(scratch.path("training"))
    let text = line("one text and one more")
    try scratch.write("training/a.jsonl", text)
    let run = try train(scratch, [scratch.path("training/*.jsonl")])
    #expect(run.status == 0, "\(run.errors)")
    #expect(try scratch.read("training/a.jsonl") == text)
    #expect(!FileManager.default.fileExists(atPath: scratch.path(".gristmill-training")))
  }

  @Test(arguments: [false, true])
  func `files that training did not write are refused and stay`(isBesideOwn: Bool) throws {
    let scratch = try ScratchFolder()
    try scratch.write("a.jsonl", line("a text"))
    try makeFolder(scratch.path(".gristmill-training"))
    try scratch.write(".gristmill-training/notes.txt", [1])
    if isBesideOwn {
      let inputs = #"{"version":1,"inputs":[],"settings":[]}"#
      try scratch.write(".gristmill-training/inputs.json", Array(inputs.utf8))
    }
    let run = try train(scratch, [scratch.path("a.jsonl")])
    #expect(run.status != 0)
    #expect(run.errors.contains("notes.txt"))
    #expect(try scratch.read(".gristmill-training/notes.txt") == [1])
  }

  @Test func `an input that would be written over is refused`() throws {
    let scratch = try ScratchFolder()
    let text = line("a text")
    try scratch.write("report.json", text)
    let run = try train(scratch, [scratch.path("report.json")])
    #expect(run.status != 0)
    #expect(try scratch.read("report.json") == text)
  }

  @Test func `files of one name in several folders are several sources`() throws {
    let scratch = try ScratchFolder()
    for (name, text) in [("en", "ab ab ab ab"), ("de", "xy xy")] {
      try makeFolder(scratch.path(name))
      try scratch.write("\(name)/part.jsonl", line(text))
    }
    let run = try train(
      scratch,
      [
        scratch.path("*/part.jsonl"), "--vocabulary-size", "258", "--source-weight",
        "de/part.jsonl=100",
      ])
    #expect(run.status == 0, "\(run.errors)")
    let file = String(decoding: try scratch.read("tokenizer.json"), as: UTF8.self)
    #expect(file.contains(#""xy""#) && !file.contains(#""ab""#))
  }
}
