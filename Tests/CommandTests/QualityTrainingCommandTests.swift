import FoundationEssentials
import TestSupport
import Testing

/// Training, searching and explaining by the command.
struct QualityTrainingCommandTests {
  private static let good = ["clear", "calm", "measured", "careful", "lucid", "precise"]
  private static let bad = ["buy", "cheap", "click", "win", "free", "now"]
  private static let plain = [
    "the", "a", "of", "and", "in", "to", "stone", "river", "house", "tree",
  ]

  /// Texts of three labels: bad ones, mixed ones, good ones.
  private func lines(_ count: Int, seed: UInt64, labels: [Int] = [0, 1, 2]) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    var text = ""
    for index in 0..<count {
      let label = labels[index % labels.count]
      let words = (0..<30).map { _ in
        let marked = label == 2 ? Self.good : label == 0 ? Self.bad : Self.good + Self.bad
        return (Int.random(in: 0..<3, using: &random) == 0 ? marked : Self.plain)
          .randomElement(using: &random) ?? ""
      }
      text +=
        #"{"id":"d\#(index)","text":"\#(words.joined(separator: " "))","label":\#(label)}"# + "\n"
    }
    return Array(text.utf8)
  }

  private func quality(_ arguments: String...) throws -> Command.Result {
    try Command.run(["quality"] + arguments)
  }

  @Test func `three labels are trained, judged and scored`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("rated.jsonl", lines(240, seed: 1))
    let model = scratch.path("model")
    let run = try quality(
      "train", "--labelled", file, "--test-share", "0.25", "--output", model, "--json", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains(#""documents":{"0":80,"1":80,"2":80}"#))
    #expect(run.output.contains(#""held_out":{"#) && run.output.contains("macro_f1"))
    let judged = try quality("evaluate", "--model", model, file, "--json")
    #expect(judged.status == 0 && judged.output.contains("macro_f1"), "\(judged.errors)")
    let unclear = try quality(
      "score", "--model", model, file, "--output", scratch.path("s.jsonl"), "--label", "good")
    #expect(unclear.status == 64 && unclear.errors.contains("its labels are 0, 1, 2"))
    let first = try quality(
      "score", "--model", model, file, "--output", scratch.path("1.jsonl"), "--quiet")
    #expect(first.status == 0 && first.errors.contains("the probability of label 1"))
    let named = try quality(
      "score", "--model", model, file, "--label", "1", "--output", scratch.path("2.jsonl"),
      "--quiet")
    #expect(named.status == 0 && named.errors.isEmpty)
    #expect(try scratch.read("1.jsonl") == scratch.read("2.jsonl"))
    let scored = try quality(
      "score", "--model", model, "--label", "2", file, "--output", scratch.path("s.jsonl"),
      "--quiet")
    #expect(scored.status == 0, "\(scored.errors)")
  }

  @Test func `a model of the pipeline spark is a folder of Spark's too and scores alike`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("rated.jsonl", lines(120, seed: 2, labels: [0, 1]))
    let model = scratch.path("model")
    let run = try quality(
      "train", "--labelled", file, "--pipeline", "spark", "--features", "1000", "--output", model,
      "--regularization", "0.01", "--max-iterations", "30", "--tolerance", "1e-9", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    var scores: [[UInt8]] = []
    for isSpark in [false, true] {
      if isSpark {
        for name in ["model.json", "weights.bin"] {
          try FileManager.default.removeItem(atPath: "\(model)/\(name)")
        }
      }
      let out = scratch.path("scores")
      #expect(try quality("score", "--model", model, file, "--output", out, "--quiet").status == 0)
      scores.append(try scratch.read("scores"))
    }
    #expect(scores[0] == scores[1] && scores[0].count > 1000)
    // Trained anew for terms that Spark does not know, the folder is no longer Spark's.
    let again = try quality("train", "--labelled", file, "--output", model, "--quiet")
    #expect(again.status == 0, "\(again.errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(model)/metadata"))
  }

  @Test func `cross-validation and samples are the same for any number of workers`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("rated.jsonl", lines(300, seed: 3, labels: [0, 1]))
    var outputs: [String] = []
    for workers in ["1", "2"] {
      let run = try quality(
        "train", "--labelled", file, "--folds", "3", "--sample", "100", "--seed", "5", "--output",
        scratch.path(workers), "--workers", workers, "--json", "--quiet")
      #expect(run.status == 0, "\(run.errors)")
      outputs.append(run.output)
    }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0].contains(#""documents":{"0":100,"1":100}"#))
    #expect(outputs[0].contains(#""cross_validation""#))
    let (one, two) = (
      try FolderContents(runFolder: scratch.path("1")),
      try FolderContents(runFolder: scratch.path("2"))
    )
    #expect(one.differences(from: two) == [] && one.files.count == 2)
  }

  @Test func `search tries what it is given and keeps the best`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("rated.jsonl", lines(150, seed: 4, labels: [0, 1]))
    let run = try quality(
      "search", "--labelled", file, "--folds", "2", "--output", scratch.path("m"), "--try",
      "words=1,2", "--try", "regularization=0.001,0.00001", "--json", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains(#""words""#) && run.output.contains(#""learning_curve""#))
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.path("m")).sorted()
    #expect(
      files == [
        "learning-curve.json", "learning-curve.svg", "model.json", "search.json", "search.svg",
        "weights.bin",
      ])
    let drawn = try quality(
      "search", "--labelled", file, "--folds", "2", "--output", scratch.path("r"), "--trials", "2",
      "--try", "regularization=0.000001..0.01", "--set", "train.words=1", "--quiet")
    #expect(drawn.status == 0, "\(drawn.errors)")
    for wrong in [
      ["--try", "regularization=0.1..1"], ["--try", "words"], ["--try", "word=1,2"],
      ["--try", "words=1,99"], ["--try", "words=1,2", "--figure", "nonsense"],
    ] {
      let run = try Command.run(
        ["quality", "search", "--labelled", file, "--folds", "2", "--output", scratch.path("w")]
          + wrong)
      #expect(run.status == 64, "\(wrong): \(run.errors)")
    }
  }

  @Test func `explain names the terms that moved the score`() throws {
    let scratch = try ScratchFolder()
    let train = try scratch.write("rated.jsonl", lines(200, seed: 5, labels: [0, 2]))
    let model = scratch.path("model")
    #expect(try quality("train", "--labelled", train, "--output", model, "--quiet").status == 0)
    let file = try scratch.write(
      "x.jsonl", Array(#"{"id":"x","text":"Buy the cheap, cheap tree"}"#.utf8))
    let json = try quality("explain", "--model", model, "--label", "2", file, "--json")
    #expect(json.status == 0, "\(json.errors)")
    let first = try #require(json.output.split(separator: #""terms":["#).dropFirst().first)
    #expect(first.hasPrefix(#""buy""#) || first.hasPrefix(#""cheap""#), "\(json.output)")
    let absent = try quality(
      "explain", "--model", model, "--label", "2", file, "--id", "y", "--json")
    #expect(absent.status == 64 && absent.errors.contains("no document has the id 'y'"))
  }

  @Test func `settings that are wrong are refused before anything is read`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("rated.jsonl", lines(20, seed: 6, labels: [0, 1]))
    for wrong in [
      ["--set", "train.word=2"], ["--set", "train.words=0"], ["--elastic-net", "2"],
      ["--features", "0"], ["--test-share", "1"], ["--folds", "1"], ["--set", "train.hash=md5"],
      ["--set", "train.token-pattern=\\\\w+"], ["--stop-words", scratch.path("absent")],
      ["--pipeline", "spark", "--set", "train.token-pattern='(unclosed'"], ["--sample", "0"],
    ] {
      let run = try Command.run(
        ["quality", "train", "--labelled", file, "--output", scratch.path("m")] + wrong)
      #expect(run.status == 64, "\(wrong): \(run.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("m/model.json")))
  }
}
