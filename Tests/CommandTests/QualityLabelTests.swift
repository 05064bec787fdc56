import FoundationEssentials
import TestSupport
import Testing

/// Which label is the good one, by training, judging and scoring alike.
struct QualityLabelTests {
  private static let words = [
    ["buy", "cheap", "click", "win"], ["clear", "calm", "lucid", "precise"],
    ["stone", "river", "house", "tree"],
  ]

  /// Documents with labels in turn, JSON values; a label has words of its own.
  private func lines(_ labels: [String], count: Int = 60) -> [UInt8] {
    var text = ""
    for index in 0..<count {
      let own = Self.words[index % labels.count]
      let words = (0..<8).map { own[(index / labels.count + $0 * $0) % own.count] }
      text +=
        #"{"id":"d\#(index)","text":"\#(words.joined(separator: " ")) \#(index)","label":"#
        + labels[index % labels.count] + "}\n"
    }
    return Array(text.utf8)
  }

  private func quality(_ arguments: String...) throws -> Command.Result {
    try Command.run(["quality"] + arguments + ["--quiet"])
  }

  private struct Figures: Decodable {
    let auc, recall: Double
    let documents, positives: Int
  }

  private func figures(_ arguments: String...) throws -> Figures {
    let run = try Command.run(["quality", "evaluate", "--json"] + arguments)
    #expect(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode(Figures.self, from: Data(run.output.utf8))
  }

  @Test func `a named label is the good one, also where it is 0`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("x.jsonl", lines(["0", "true", "0"]))
    let model = scratch.path("model")
    let run = try quality(
      "train", "--labelled", file, "--label", "0", "--output", model, "--json", "--folds", "2")
    #expect(run.status == 0 && run.output.contains(#""good_label":"0""#), "\(run.errors)")
    let zero = try figures("--model", model, file, "--label", "0")
    #expect(zero.documents == 60 && zero.positives == 40 && zero.auc > 0.9 && zero.recall > 0.9)
    let one = try figures("--model", model, file)
    #expect(one.positives == 20 && one.auc > 0.9)
    let absent = try quality(
      "train", "--labelled", file, "--label", "good", "--output", model)
    #expect(absent.status == 64 && absent.errors.contains("their labels are 0, 1"))
  }

  @Test func `two ratings of which neither is plainly good need a label to score by`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("x.jsonl", lines(["2", "1"]))
    let model = scratch.path("model")
    let run = try quality("train", "--labelled", file, "--output", model, "--json")
    #expect(run.status == 0 && run.output.contains(#""good_label":"2""#), "\(run.errors)")
    for command in [["evaluate"], ["score", "--output", scratch.path("s")]] {
      let run = try Command.run(["quality"] + command + ["--model", model, file])
      #expect(run.status == 64 && run.errors.contains("1, 2"), "\(run.errors)")
    }
    let two = try figures("--model", model, file, "--label", "2")
    #expect(two.positives == 30 && two.auc > 0.9)
    let one = try figures("--model", model, file, "--label", "1")
    #expect(one.positives == 30 && one.auc > 0.9)
  }

  @Test func `of two words the good one is found in whatever order`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("x.jsonl", lines([#""hq""#, #""low""#]))
    let model = scratch.path("model")
    let run = try quality("train", "--labelled", file, "--output", model, "--json")
    #expect(run.status == 0 && run.output.contains(#""good_label":"hq""#), "\(run.errors)")
    #expect(try figures("--model", model, file).auc > 0.9)
    // Labels that the model does not have stand for good and bad; others are refused.
    let binary = try scratch.write("b.jsonl", lines(["1", "0"]))
    #expect(try figures("--model", model, binary).auc > 0.9)
    let other = try quality(
      "evaluate", "--model", model, try scratch.write("o.jsonl", lines(["2", "0"])))
    #expect(other.status == 64 && other.errors.contains("label '2'"), "\(other.errors)")
    #expect(other.errors.contains("hq, low"))
  }

  @Test func `ratings are never scored by one of them unasked`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("x.jsonl", lines(["0", "0.5", "1"]))
    let model = scratch.path("model")
    let run = try quality("train", "--labelled", file, "--output", model, "--json")
    #expect(run.status == 0 && !run.output.contains("good_label"), "\(run.errors)")
    #expect(run.output.contains(#""documents":{"0":20,"0.5":20,"1":20}"#))
    let score = try quality("score", "--model", model, file, "--output", scratch.path("s"))
    #expect(score.status == 64 && score.errors.contains("0, 0.5, 1"), "\(score.errors)")
    let judged = try quality("evaluate", "--model", model, file, "--json")
    #expect(judged.output.contains("macro_f1"), "\(judged.errors)")
    let other = try quality(
      "evaluate", "--model", model, try scratch.write("o.jsonl", lines(["2", "0"])))
    #expect(other.status == 64 && other.errors.contains("none of the model's: 0, 0.5, 1"))
  }
}
