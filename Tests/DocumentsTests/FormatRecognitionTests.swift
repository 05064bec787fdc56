import Documents
import TestSupport
import Testing

/// How a shard's format is told: by its first bytes, its name, its lines, or the setting.
struct FormatRecognitionTests {
  private static let object = #"{"id":"o","text":"an object"}"# + "\n"
  private static let record = Packing.warc("conversion", "a block", id: "w")

  private func read(
    _ name: String, _ text: String, _ settings: ReadSettings = ReadSettings()
  ) throws -> ReadSummary {
    let folder = try ScratchFolder()
    return ReadSummary(path: try folder.write(name, Array(text.utf8)), settings)
  }

  @Test(arguments: [
    ("a.txt", record, ["a block"]), ("a.csv", record, ["a block"]),
    ("a.jsonl", record, ["a block"]),
    ("a", object, ["an object"]), ("a.warc", object, ["an object"]),
    ("a.data", "junk\n" + object, ["an object"]),
    ("a.jsonl", String(repeating: "x", count: 1 << 17) + "\n" + object, ["an object"]),
    ("a.NDJSON", String(repeating: "x", count: 1 << 17) + "\n" + object, ["an object"]),
    ("a.warc", String(repeating: "x", count: 1 << 17) + "\n" + record, ["a block"]),
  ])
  func `bytes that tell the format go before the name, the name before nothing`(
    name: String, text: String, texts: [String]
  ) throws {
    #expect(try read(name, text).texts == texts)
  }

  @Test(arguments: ["a.jsonl", "a.warc.gz", "a.wet", "a"])
  func `the error page of a server is refused under any name that lines would prove`(
    name: String
  ) throws {
    let page = "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>\n"
    let summary = try read(name, page)
    #expect(summary.errors.map(\.code) == ["unknown-format"])
    #expect(summary.errors[0].message.contains("--format"))
  }

  @Test func `a setting overrules what bytes and name say`() throws {
    var settings = ReadSettings()
    settings.format = try #require(ShardFormat(rawValue: "json-lines"))
    let summary = try read("a.warc", Self.record + Self.object, settings)
    #expect(summary.texts == ["an object"])
    #expect(summary.counts["malformed not-json"] ?? 0 > 0)
    #expect(try read("a", "", settings).events == [.skipped(kind: "empty-file", byteCount: 0)])
    #expect(ShardFormat(rawValue: "word") == nil)
  }
}
