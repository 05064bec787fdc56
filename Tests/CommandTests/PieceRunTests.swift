import FoundationEssentials
import TestSupport
import Testing

/// Runs that cut repeated pieces out of documents.
struct PieceRunTests {
  private struct Document: Decodable {
    let id: String
    let text: String
  }

  /// Sixty documents of own lines and of lines of a stock of eight.
  private func corpus(_ scratch: ScratchFolder) throws {
    var generator = SeededGenerator(seed: 5)
    var lines = ""
    for index in 0..<60 {
      let text = (0..<6).map { line in
        Bool.random(using: &generator)
          ? "own \(index) \(line)" : "stock \(Int.random(in: 0..<8, using: &generator))"
      }.joined(separator: "\\n")
      lines += #"{"id":"d\#(index)","text":"\#(text)","metadata":{"score":1}}"# + "\n"
    }
    try scratch.write("in.jsonl", Array(lines.utf8))
  }

  private func run(
    _ scratch: ScratchFolder, _ output: String, _ settings: String, _ more: [String] = []
  ) throws -> (run: Command.Result, documents: [Document]) {
    try scratch.write(
      "p.yaml",
      Array(
        ("gristmill: 1\nstages:\n  - deduplicate: { \(settings) }\n"
          + "  - select: { attribute: score, share: 1.0 }\n  - documents: { compression: none }\n")
          .utf8))
    let result = try Command.run(
      [
        "run", scratch.path("p.yaml"), "--input", scratch.path("in.jsonl"), "--output",
        scratch.path(output), "--quiet",
      ] + more)
    let folder = scratch.path("\(output)/documents")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let documents = try names.filter { $0.hasSuffix(".jsonl") }.sorted().flatMap { name in
      try scratch.read("\(output)/documents/\(name)").split(separator: 0x0A).map {
        try JSONDecoder().decode(Document.self, from: Data($0))
      }
    }
    return (result, documents)
  }

  @Test func `each line stays once, and the ledger balances whatever the workers`() throws {
    let scratch = try ScratchFolder()
    try corpus(scratch)
    let settings = "near: false, exact: false, lines: first, list-cuts: true"
    let one = try run(scratch, "one", settings, ["--workers", "1"])
    #expect(one.run.status == 0, "\(one.run.errors)")
    let seven = try run(
      scratch, "seven", settings, ["--workers", "7", "--set", "read.task-bytes=700"])
    #expect(seven.run.status == 0, "\(seven.run.errors)")
    #expect(one.documents.map(\.id) == seven.documents.map(\.id))
    #expect(one.documents.map(\.text) == seven.documents.map(\.text))
    let left = one.documents.flatMap { $0.text.split(separator: "\n") }
    #expect(Set(left).count == left.count)
    #expect(left.count { $0.hasPrefix("stock") } == 8)
    let ledger = String(decoding: try scratch.read("one/ledger.json"), as: UTF8.self)
    #expect(ledger.contains("duplicate-lines") && ledger.contains(#""balanced" : true"#))
    let repeated = try scratch.read("one/deduplicate/repeated.jsonl")
    #expect(repeated == (try scratch.read("seven/deduplicate/repeated.jsonl")))
    #expect(repeated.count { $0 == 0x0A } == 8)
    #expect(try !scratch.read("one/deduplicate/cuts/00000.jsonl").isEmpty)
  }

  @Test func `whole documents go first, then their lines`() throws {
    let scratch = try ScratchFolder()
    let text = "the same text in two documents\\nand a line that a third one has"
    try scratch.write(
      "in.jsonl",
      Array(
        ([text, text, "and a line that a third one has\\nand more"].enumerated().map {
          #"{"id":"\#($0)","text":"\#($1)","metadata":{"score":1}}"# + "\n"
        }.joined()).utf8))
    let result = try run(scratch, "out", "lines: first")
    #expect(result.run.status == 0, "\(result.run.errors)")
    #expect(result.documents.map(\.id) == ["0", "2"])
    #expect(result.documents.last?.text == "and more")
  }
}
