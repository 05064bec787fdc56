import FoundationEssentials
import TestSupport
import Testing

/// The quality model of the samples: trained by the command, judged by it, used by crawl.yaml.
struct QualityCommandTests {
  private func train(into folder: String) throws -> Command.Result {
    try Command.run([
      "quality", "train", "--positive", "Samples/quality/positive.jsonl", "--negative",
      "Samples/quality/negative.jsonl", "--output", folder, "--quiet",
    ])
  }

  @Test func `the model that crawl.yaml scores with is what the labelled texts give`() throws {
    let scratch = try ScratchFolder()
    let run = try train(into: scratch.path("model"))
    #expect(run.status == 0, "\(run.errors)")
    let trained = try FolderContents(runFolder: scratch.path("model"))
    let kept = try FolderContents(runFolder: "\(SourceTree.root)/Pipelines/sample-quality")
    #expect(trained.files.count == 2)
    #expect(trained.differences(from: kept) == [])
  }

  @Test func `evaluate tells good from bad on texts the model has not seen`() throws {
    let run = try Command.run([
      "quality", "evaluate", "--model", "Pipelines/sample-quality",
      "Samples/quality/held-out.jsonl",
      "--json",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSONDecoder().decode([String: Double].self, from: Data(run.output.utf8))
    #expect(report["documents"] == 40)
    #expect(try #require(report["auc"]) > 0.95)
    for name in ["f1", "precision", "recall"] {
      #expect(try #require(report[name]) > 0.9, "\(name)")
    }
  }

  @Test func `a document without a label is refused by its id`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("x.jsonl", Array(#"{"id":"x1","text":"no label"}"#.utf8))
    let run = try Command.run([
      "quality", "evaluate", "--model", "Pipelines/sample-quality", scratch.path("x.jsonl"),
    ])
    #expect(run.status == 64)
    #expect(run.errors.contains("x1"))
  }

  @Test func `score writes a line for each document`() throws {
    let scratch = try ScratchFolder()
    let run = try Command.run([
      "quality", "score", "--model", "Pipelines/sample-quality", "Samples/quality/held-out.jsonl",
      "--output", scratch.path("scores.jsonl"), "--quiet",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let lines = String(decoding: try scratch.read("scores.jsonl"), as: UTF8.self).split(
      separator: "\n")
    #expect(lines.count == 40)
    #expect(lines.allSatisfy { $0.hasPrefix("{\"id\":") && $0.contains("\"score\":0.") })
  }
}
