import FoundationEssentials
import TestSupport
import Testing

/// What the quality commands take, refuse and find out before they read anything.
struct QualityOptionTests {
  private static let samples = [
    "--positive", "Samples/quality/positive.jsonl", "--negative", "Samples/quality/negative.jsonl",
  ]

  private func quality(_ arguments: [String]) throws -> Command.Result {
    try Command.run(["quality"] + arguments + ["--quiet"])
  }

  private func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  private func document(_ id: String, _ text: String, label: String) -> String {
    #"{"id":"\#(id)","text":"\#(text)","label":\#(label)}"# + "\n"
  }

  @Test func `a place that no model can be written to is refused before anything is read`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("file", [])
    try makeFolder(scratch.path("foreign"))
    try scratch.write("foreign/metadata", Array("not Spark's".utf8))
    for (output, words) in [
      (file, "is a file"), ("\(file)/below", "no file can be made here"),
      (scratch.path("foreign"), "'metadata' that is no PipelineModel's"),
    ] {
      for more in [["train"], ["search", "--try", "words=1"]] {
        // Standard input cannot be searched: that it is not what is complained of shows the order.
        let run = try quality(more + ["--labelled", "-", "--output", output])
        #expect(run.status == 64 && run.errors.contains(words), "\(run.errors)")
      }
    }
    #expect(try scratch.read("foreign/metadata") == Array("not Spark's".utf8))
  }

  @Test func `settings of the training are refused where nothing is trained`() throws {
    let scratch = try ScratchFolder()
    let input = "Samples/quality/held-out.jsonl"
    let model = ["--model", "Pipelines/sample-quality", input]
    for arguments in [
      ["quality", "evaluate"] + model, ["quality", "explain"] + model,
      ["quality", "score", "--output", scratch.path("s")] + model,
      ["convert", input, "--output", scratch.path("c.jsonl")],
    ] {
      let run = try Command.run(arguments + ["--set", "train.words=3"])
      #expect(run.status == 64 && run.errors.contains("write read.key=value"), "\(run.errors)")
      #expect(!run.errors.contains("train.key"))
    }
    let run = try quality(["train"] + Self.samples + ["--output", "x", "--set", "curate.x=1"])
    #expect(run.status == 64 && run.errors.contains("write train.key=value or read.key=value"))
  }

  @Test func `the seed of the training is the one given to it, else --seed`() throws {
    let scratch = try ScratchFolder()
    var weights: [[UInt8]] = []
    for (name, seed) in [
      ("own", ["--set", "train.seed=7"]), ("general", ["--seed", "7"]), ("default", []),
    ] {
      let run = try quality(
        ["train"] + Self.samples + ["--output", scratch.path(name)] + seed
          + ["--set", "train.held-out-share=0.3", "--set", "train.patience=1"])
      #expect(run.status == 0, "\(run.errors)")
      weights.append(try scratch.read("\(name)/weights.bin"))
    }
    #expect(weights[0] == weights[1] && weights[0] != weights[2])
  }

  @Test func `what a search cannot try is refused before anything is read`() throws {
    let scratch = try ScratchFolder()
    for (axes, words) in [
      (["a.words=1,2"], "no setting of training"), (["word=1,2"], "no setting of training"),
      (["words=1,2", "words=3"], "stands twice"), (["words=1..3"], "a whole number"),
      (["intercept=0..1"], "true or false"),
    ] {
      let run = try quality(
        ["search", "--labelled", "-", "--output", scratch.path("m"), "--trials", "2"]
          + axes.flatMap { ["--try", $0] })
      #expect(run.status == 64 && run.errors.contains(words), "\(axes): \(run.errors)")
    }
  }

  @Test func `a fold without which a label has no documents is left out`() throws {
    let scratch = try ScratchFolder()
    let words = ["stone", "river", "house", "tree", "calm", "lucid", "clear", "win", "free"]
    let others = (0..<12).map { index in
      let text = (0..<9).map { words[(index * 5 + $0 * (index + 1)) % 9] + "\(index)" }
      return document("d\(index)", text.joined(separator: " "), label: "1")
    }
    let rare = document("rare", "buy cheap now", label: "0")
    let file = try scratch.write("x.jsonl", Array((others.joined() + rare).utf8))
    let arguments = ["--labelled", file, "--output", scratch.path("m"), "--folds", "3"]
    let searched = try quality(
      ["search", "--figure", "log_loss", "--try", "words=1,2", "--json"] + arguments)
    #expect(searched.status == 0, "\(searched.errors)")
    let trained = try quality(["train", "--json"] + arguments)
    #expect(trained.status == 0 && trained.output.contains(#""fold_count":2"#), "\(trained.errors)")
  }

  @Test func `a sample takes no more copies than were asked for`() throws {
    let scratch = try ScratchFolder()
    let copies = String(repeating: document("same", "calm and clear", label: "1"), count: 6)
    let others = (0..<5).map { document("o\($0)", "buy cheap \($0)", label: "0") }.joined()
    let file = try scratch.write("x.jsonl", Array((copies + others).utf8))
    let run = try quality(
      ["train", "--labelled", file, "--output", scratch.path("m"), "--sample", "3", "--json"])
    #expect(run.status == 0 && run.output.contains(#""documents":{"0":3,"1":3}"#), "\(run.errors)")
  }

  @Test func `the folder of a run stands for its documents`() throws {
    let scratch = try ScratchFolder()
    let model = ["--model", "Pipelines/sample-quality", "--output", scratch.path("scores")]
    try makeFolder(scratch.path("run/documents"))
    try scratch.write("run/plan.json", Array("{}".utf8))
    let empty = try quality(["score", scratch.path("run")] + model)
    #expect(empty.status == 64 && empty.errors.contains("has no documents yet"), "\(empty.errors)")
    try scratch.write(
      "run/documents/00000.jsonl", Array(document("kept", "calm", label: "1").utf8))
    let run = try quality(["score", scratch.path("run")] + model)
    #expect(run.status == 0, "\(run.errors)")
    let scores = String(decoding: try scratch.read("scores"), as: UTF8.self)
    #expect(scores.hasPrefix(#"{"id":"kept","#))
    let onto = try quality(
      ["score", scratch.path("run"), "--model", "Pipelines/sample-quality", "--output"]
        + [scratch.path("run/documents/00000.jsonl")])
    #expect(onto.status == 64 && onto.errors.contains("is read by this command"), "\(onto.errors)")
    let other = try quality(["score", scratch.path("run/documents")] + model)
    #expect(other.status == 1 && other.errors.contains("directory"), "\(other.errors)")
  }

  @Test func `a term longer than a block is one term`() throws {
    let scratch = try ScratchFolder()
    let long = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
    try scratch.write("terms", long + Array("\nabc\n".utf8) + long)
    let run = try Command.run(["quality", "hash", "--features", "262144", scratch.path("terms")])
    let indices = run.output.split(separator: "\n")
    #expect(indices.count == 3 && indices[1] == "204392" && indices[0] == indices[2])
  }
}
