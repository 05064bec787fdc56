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
    let report = try JSONDecoder().decode(Figures.self, from: Data(run.output.utf8))
    #expect(report.documents == 40 && report.auc > 0.95)
    #expect(report.f1 > 0.9 && report.precision > 0.9 && report.recall > 0.9)
  }

  private struct Figures: Decodable {
    let documents: Int
    let auc, f1, precision, recall: Double
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

  @Test func `score gives the probabilities of all labels when asked, for any number of workers`()
    throws
  {
    let scratch = try ScratchFolder()
    var outputs: [[UInt8]] = []
    for workers in ["1", "2"] {
      let run = try Command.run([
        "quality", "score", "--model", "Pipelines/sample-quality", "Samples/quality/held-out.jsonl",
        "--probabilities", "--output", scratch.path(workers), "--quiet", "--workers", workers,
      ])
      #expect(run.status == 0, "\(run.errors)")
      outputs.append(try scratch.read(workers))
    }
    #expect(outputs[0] == outputs[1])
    let line = String(decoding: outputs[0].split(separator: UInt8(ascii: "\n"))[0], as: UTF8.self)
    #expect(line.contains("\"probabilities\":{\"0\":") && line.contains(",\"1\":"))
    let wrong = try Command.run([
      "quality", "score", "--model", "Pipelines/sample-quality", "--label", "good",
      "Samples/quality/held-out.jsonl", "--output", scratch.path("x"),
    ])
    #expect(wrong.status == 64 && wrong.errors.contains("its labels are 0, 1"))
  }

  @Test func `hash prints the feature of each line, the last one without a line feed too`() throws {
    let scratch = try ScratchFolder()
    // What Spark 4.3 gives "a", "" and "abc".
    try scratch.write("terms", Array("a\n\nabc".utf8))
    let all = try Command.run(["quality", "hash", "--features", "262144", scratch.path("terms")])
    #expect(all.status == 0 && all.output == "107107\n249180\n204392\n")
    #expect(
      try Command.run(["quality", "hash", "--features", "0", scratch.path("terms")]).status == 64)
    #expect(try Command.run(["quality", "hash", scratch.path("absent")]).status == 64)
  }

  @Test func `no output replaces what the command reads`() throws {
    let scratch = try ScratchFolder()
    let text = Array(#"{"id":"x1","text":"a text","label":1}"#.utf8)
    let file = try scratch.write("x.jsonl", text)
    let model = scratch.path("model")
    #expect(try train(into: model).status == 0)
    let weights = try scratch.read("model/weights.bin")
    for arguments in [
      ["score", "--model", model, file, "--output", file],
      ["score", "--model", model, file, "--output", "\(model)/weights.bin"],
      ["score", "--model", model, file, "--output", ""],
      ["score", "--model", model, file, "--output", scratch.path("s.jsonl.zst")],
      ["train", "--labelled", "\(model)/model.json", "--output", model],
      ["train", "--labelled", file, "--output", ""],
      ["evaluate", "--model", model, file, "--plots", ""],
      ["evaluate", "--model", model, file, "--threshold", "nan"],
    ] {
      let run = try Command.run(["quality"] + arguments)
      #expect(run.status == 64, "\(arguments): \(run.errors)")
    }
    #expect(try scratch.read("x.jsonl") == text && scratch.read("model/weights.bin") == weights)
  }
}
