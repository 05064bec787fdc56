import Foundation
import TestSupport
import Testing

/// A disk that fills: the error says so, and the same command finishes once there is room.
struct FullDiskTests {
  @Test func `a full disk stops the run with its name, and room lets it finish`() throws {
    let scratch = try ScratchFolder()
    var generator = SeededGenerator(seed: 2)
    let lines = (0..<4000).flatMap { index in
      let words = (0..<40).map { _ in String(generator.next(), radix: 36) }
      return Array("{\"id\":\"d\(index)\",\"text\":\"\(words.joined(separator: " "))\"}\n".utf8)
    }
    try scratch.write("many.jsonl", lines)
    try scratch.write(
      "pipeline.yaml",
      Array("gristmill: 1\nstages:\n  - curate: []\n  - documents: { compression: none }\n".utf8))
    let arguments = [
      "run", scratch.path("pipeline.yaml"), "--input", scratch.path("many.jsonl"), "--output",
      scratch.path("out"),
    ]
    // A limit on the size of any file the shell's children write stands in for the full disk: the
    // write fails, as it does there, in the middle of an output file.
    let limited = Process()
    limited.executableURL = URL(fileURLWithPath: "/bin/sh")
    let quoted = ([Command.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    limited.arguments = ["-c", "trap '' XFSZ; ulimit -f 400; exec \(quoted)"]
    try scratch.write("errors", [])
    limited.standardError = FileHandle(forWritingAtPath: scratch.path("errors"))
    try limited.run()
    limited.waitUntilExit()
    #expect(limited.terminationStatus == 1)
    let errors = String(decoding: try scratch.read("errors"), as: UTF8.self)
    #expect(errors.contains("cannot write"), "\(errors)")

    let finished = try Command.run(arguments)
    #expect(finished.status == 0, "\(finished.errors)")
    let documents = try scratch.read("out/documents/00000.jsonl")
    #expect(documents.count(where: { $0 == 10 }) == 4000)
  }
}
