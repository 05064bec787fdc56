import FoundationEssentials
import TestSupport
import Testing

/// `gristmill deduplicate` as scripts call it.
struct DeduplicateCommandTests {
  private struct Line: Codable {
    struct Metadata: Codable {
      var url: String?
      var duplicate_count: Int?
    }

    let id: String
    let text: String
    var created: String?
    var metadata = Metadata()
  }

  private static let words = (0..<60).map { place in
    String("abcdefghij".map { $0 }[place % 10]) + String(repeating: "x", count: place / 10 + 1)
  }.joined(separator: " ")

  private static let input = [
    Line(
      id: "b", text: words, created: "2021-05-01",
      metadata: .init(url: "http://www.example.org/a/?utm_source=x")),
    Line(
      id: "a", text: words, created: "2020-01-01", metadata: .init(url: "https://example.org/b")),
    Line(
      id: "c", text: words + " more", created: "2019-01-01",
      metadata: .init(url: "https://example.org/a")),
    Line(id: "d", text: "quite another text"),
    Line(id: "e", text: "quite another text"),
  ]

  /// The ids left, the ids removed, and how many documents each of those left stands for.
  private func run(_ options: String...) throws -> (kept: [String], removed: [String], [Int]) {
    let scratch = try ScratchFolder()
    let lines = try Self.input.map { try JSONEncoder().encode($0) + Data("\n".utf8) }
    try scratch.write("in.jsonl", lines.flatMap(Array.init))
    let run = try Command.run(
      ["deduplicate", scratch.path("in.jsonl"), "--output", scratch.path("out"), "--quiet"]
        + options)
    #expect(run.status == 0, "\(run.errors)")
    let text = scratch.path("text.jsonl")
    let converted = try Command.run([
      "convert", scratch.path("out/documents/00000.jsonl.zst"), "--output", text, "--quiet",
    ])
    #expect(converted.status == 0, "\(converted.errors)")
    let left = try scratch.read("text.jsonl").split(separator: 10).map {
      try JSONDecoder().decode(Line.self, from: Data($0))
    }
    let removed = try scratch.read("out/removed.jsonl").split(separator: 10).map {
      try JSONDecoder().decode([String: JSONAny].self, from: Data($0))["id"]?.text ?? ""
    }
    return (left.map(\.id), removed, left.map { $0.metadata.duplicate_count ?? 0 })
  }

  /// A string, or anything else.
  private struct JSONAny: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      text = try? decoder.singleValueContainer().decode(String.self)
    }
  }

  @Test func `near and short exact copies go, and ties go to the least id`() throws {
    let (kept, removed, counts) = try run("--set", "deduplicate.duplicate-count=true")
    #expect(kept == ["c", "d"])
    #expect(removed == ["b", "a", "e"])
    #expect(counts == [3, 2])
  }

  @Test(arguments: [
    ("first", ["b", "d"]), ("oldest", ["c", "d"]), ("newest", ["b", "d"]),
    ("shortest", ["a", "d"]), ("shortest,newest", ["b", "d"]),
  ])
  func `the rule to keep by decides`(rule: String, kept: [String]) throws {
    #expect(try run("--keep", rule).kept == kept)
  }

  @Test(arguments: [
    ("document", ["a", "c", "d"]), ("url", ["a", "c", "d", "e"]),
    ("line", ["b", "c", "d"]), ("paragraph", ["b", "c", "d"]),
  ])
  func `what is exactly the same goes`(kind: String, kept: [String]) throws {
    #expect(try run("--exact", kind).kept == kept)
  }

  @Test func `scores that documents bring decide`() throws {
    let scratch = try ScratchFolder()
    let lines = [("a", 0.2), ("b", 0.9), ("c", 0.5)].map { id, score in
      #"{"id":"\#(id)","text":"one and the same text","metadata":{"score":\#(score)}}"# + "\n"
    }
    try scratch.write("in.jsonl", Array(lines.joined().utf8))
    let run = try Command.run([
      "deduplicate", scratch.path("in.jsonl"), "--output", scratch.path("out"), "--quiet", "--keep",
      "score",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let cluster = String(decoding: try scratch.read("out/clusters.jsonl"), as: UTF8.self)
    #expect(cluster.hasPrefix(#"{"cluster":["b","a","c"]"#))
  }

  @Test(arguments: [
    ["--output", "in.jsonl"], ["--output", "in", "--exact", "line", "--threshold", "0.5"],
    ["--output", "ix", "--against", "ix", "--update"], ["--output", "out", "--shingle", "0"],
  ])
  func `what cannot be meant is refused before anything is done`(options: [String]) throws {
    let scratch = try ScratchFolder()
    try scratch.write("in.jsonl", Array(#"{"id":"a","text":"one"}"#.utf8))
    let placed = options.map {
      $0.hasPrefix("-") || Double($0) != nil || $0 == "line" ? $0 : scratch.path($0)
    }
    let run = try Command.run(["deduplicate", scratch.path("in.jsonl"), "--quiet"] + placed)
    #expect(run.status == 64, "\(run.errors)")
    #expect(!run.errors.contains("NSCocoa"))
  }

  @Test(arguments: ["datatrove", "spark", "nemo", "slimpajama"])
  func `each profile removes the copies`(profile: String) throws {
    let (kept, removed, _) = try run("--profile", profile)
    #expect(kept.count + removed.count == 5)
    #expect(kept.contains("c") && !kept.contains("a") && !kept.contains("b"))
  }
}
