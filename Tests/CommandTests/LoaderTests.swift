import Foundation
import TestSupport
import Testing

/// The Python package in `Loader/`, where Python has NumPy.
struct LoaderTests {
  /// Runs Python in `Loader/`; nil when there is no Python with NumPy.
  private func python(_ arguments: [String], _ scratch: ScratchFolder) throws -> Command.Result? {
    func run(_ arguments: [String]) throws -> Command.Result {
      try scratch.write("output", [])
      let file = FileHandle(forWritingAtPath: scratch.path("output"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["python3"] + arguments
      process.currentDirectoryURL = URL(fileURLWithPath: "\(SourceTree.root)/Loader")
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["PYTHONDONTWRITEBYTECODE": "1"]
      ) { $1 }
      process.standardOutput = file
      process.standardError = file
      try process.run()
      process.waitUntilExit()
      let output = String(decoding: try scratch.read("output"), as: UTF8.self)
      return Command.Result(status: process.terminationStatus, output: output, errors: "")
    }
    guard try run(["-c", "import numpy"]).status == 0 else {
      print("skipped: the tests of Loader/ need python3 with NumPy")
      return nil
    }
    return try run(arguments)
  }

  @Test func `its own tests pass`() throws {
    let scratch = try ScratchFolder()
    let tests = try python(["-m", "unittest", "discover", "-s", "tests", "-t", "."], scratch)
    guard let tests else { return }
    #expect(tests.status == 0, "\(tests.output)")
  }

  @Test func `a tiny model learns from the shards of a pack`() throws {
    let scratch = try ScratchFolder()
    let input = "Samples/crawl/articles.jsonl.gz"
    let tokenizer = scratch.path("tokenizer")
    let packed = scratch.path("packed")
    let train = try Command.run([
      "tokenizer", "train", input, "--output", tokenizer, "--vocabulary-size", "600", "--quiet",
    ])
    #expect(train.status == 0, "\(train.errors)")
    let pack = try Command.run([
      "pack", input, "--tokenizer", tokenizer, "--output", packed, "--format", "npy", "--strategy",
      "best-fit", "--sequence-length", "64", "--quiet",
    ])
    #expect(pack.status == 0, "\(pack.errors)")
    let example = ["examples/train_tiny_gpt.py", packed, "--steps", "60", "--width", "32"]
    guard let learnt = try python(example, scratch) else { return }
    #expect(learnt.status == 0, "\(learnt.output)")
  }
}
