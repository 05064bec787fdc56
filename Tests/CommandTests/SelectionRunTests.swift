import FoundationEssentials
import TestSupport
import Testing

/// The best share of a run's documents, by their score and group.
struct SelectionRunTests {
  private struct Group: Decodable {
    let group: String
    let documents: Int
    let kept: Int
    let minimum: Double?
  }

  private struct Kept: Decodable {
    struct Metadata: Decodable { let score: Double? }
    let id: String
    let source: String
    let metadata: Metadata
  }

  /// Ninety documents of three sources, with scores of their own; the last ten have none.
  private func corpus(_ scratch: ScratchFolder) throws {
    var lines = ""
    for index in 0..<100 {
      let score = index < 90 ? #","metadata":{"score":\#((index * 37) % 101)}"# : ""
      lines +=
        #"{"id":"d\#(index)","text":"text \#(index)","source":"s\#(index % 3)"\#(score)}"# + "\n"
    }
    try scratch.write("in.jsonl", Array(lines.utf8))
  }

  private func run(
    _ scratch: ScratchFolder, _ output: String, select: String, _ more: [String] = []
  ) throws -> Command.Result {
    try scratch.write(
      "p.yaml",
      Array(
        "gristmill: 1\nstages:\n  - select: \(select)\n  - documents: { compression: none }\n".utf8)
    )
    return try Command.run(
      [
        "run", scratch.path("p.yaml"), "--input", scratch.path("in.jsonl"), "--output",
        scratch.path(output), "--quiet",
      ] + more)
  }

  private func lines<Line: Decodable>(_ bytes: [UInt8], _ type: Line.Type) throws -> [Line] {
    try bytes.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(type, from: Data($0))
    }
  }

  @Test func `each source keeps its best fifth, whatever the workers`() throws {
    let scratch = try ScratchFolder()
    try corpus(scratch)
    let select = "{ attribute: score, share: 0.2, by: source }"
    let first = try run(scratch, "one", select: select, ["--workers", "1"])
    #expect(first.status == 0, "\(first.errors)")
    let cut = ["--workers", "7", "--set", "read.task-bytes=700"]
    #expect(try run(scratch, "seven", select: select, cut).status == 0)
    var kept = try lines(scratch.read("one/documents/00000.jsonl"), Kept.self)
    #expect(kept.count == 18)
    let all = (0..<90).map { (source: "s\($0 % 3)", score: Double(($0 * 37) % 101)) }
    for source in ["s0", "s1", "s2"] {
      let best = all.filter { $0.source == source }.map(\.score).sorted(by: >).prefix(6)
      let found = kept.filter { $0.source == source }.compactMap(\.metadata.score)
      #expect(found.sorted(by: >) == Array(best))
    }
    let groups = try lines(scratch.read("one/select/groups.jsonl"), Group.self)
    #expect(groups.map(\.group) == ["s0", "s1", "s2"])
    #expect(groups.allSatisfy { $0.documents == 30 && $0.kept == 6 && $0.minimum != nil })
    let ledger = String(decoding: try scratch.read("one/ledger.json"), as: UTF8.self)
    #expect(ledger.contains("below-share") && ledger.contains("missing-attribute"))
    // Cut into many tasks, the same documents are kept.
    let shards = try FileManager.default.contentsOfDirectory(
      atPath: scratch.path("seven/documents")
    ).filter { $0.hasSuffix(".jsonl") }.sorted()
    #expect(shards.count > 3)
    let cutIDs = try shards.flatMap {
      try lines(scratch.read("seven/documents/\($0)"), Kept.self).map(\.id)
    }
    kept.sort { $0.id < $1.id }
    #expect(cutIDs.sorted() == kept.map(\.id))
  }

  @Test func `a name that no document has is an error, not an empty run`() throws {
    let scratch = try ScratchFolder()
    try corpus(scratch)
    let run = try run(scratch, "out", select: "{ attribute: scores, share: 0.5 }")
    #expect(run.status == 1)
    #expect(run.errors.contains("no document has a number 'scores'"), "\(run.errors)")
  }

  @Test func `a document of many copies is cut by its text, and a number beyond all is no score`()
    throws
  {
    let scratch = try ScratchFolder()
    let lines = (0..<40).map { index in
      #"{"id":"same","text":"text \#(index)","metadata":{"score":\#(index < 30 ? "1" : "1e999")}}"#
        + "\n"
    }
    try scratch.write("in.jsonl", Array(lines.joined().utf8))
    let run = try run(scratch, "out", select: "{ attribute: score, share: 0.5 }")
    #expect(run.status == 0, "\(run.errors)")
    let groups = try self.lines(scratch.read("out/select/groups.jsonl"), Group.self)
    #expect(groups.map(\.documents) == [30] && groups.map(\.kept) == [15])
    #expect(groups.map(\.minimum) == [1])
    let ledger = String(decoding: try scratch.read("out/ledger.json"), as: UTF8.self)
    #expect(ledger.contains("missing-attribute"))
  }

  @Test func `a damaged sidecar is noticed`() throws {
    let scratch = try ScratchFolder()
    try corpus(scratch)
    let select = "{ attribute: score, share: 0.5 }"
    #expect(try run(scratch, "out", select: select).status == 0)
    for name in ["done/select/00000.json", "done/documents/00000.json"] {
      try FileManager.default.removeItem(atPath: scratch.path("out/\(name)"))
    }
    var bytes = try scratch.read("out/curate/00000.scores")
    bytes[20] ^= 1
    try scratch.write("out/curate/00000.scores", bytes)
    let again = try run(scratch, "out", select: select)
    #expect(again.status == 1)
    #expect(again.errors.contains("00000.scores"), "\(again.errors)")
  }
}
