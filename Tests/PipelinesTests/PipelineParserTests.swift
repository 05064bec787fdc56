import Deduplication
import Pipelines
import TestSupport
import Testing

struct PipelineParserTests {
  private func faults(_ text: String, overrides: [String] = []) -> [String] {
    do {
      _ = try PipelineParser.parse(
        text, file: "p.yaml", folder: "/p", overrides: overrides.compactMap(SettingOverride.init))
      return []
    } catch {
      return error.description.split(separator: "\n").map(String.init)
    }
  }

  /// A pipeline that packs conversations after a stage.
  private static func conversations(_ stage: String) -> String {
    "gristmill: 1\nstages:\n  \(stage)\n  - tokenizer: { file: t.json }\n"
      + "  - shards: { format: mds, chat-template: plain }\n"
  }

  @Test(arguments: [
    ("gristmill: 1\nstages: []\n", nil as String?),
    ("gristmill: 1\nstages:\n  - curate:\n      - gopher-quality\n", nil),
    ("gristmill: 1\nstages:\n  - curate:\n      - gopher-quality: {}\n", nil),
    ("gristmill: 1\nstages:\n  - curate: []\n  - deduplicate:\n", nil),
    ("gristmill: 2\nstages: []\n", "p.yaml:1:12: this program reads version 1"),
    ("stages: []\n", "the first line must be 'gristmill: 1'"),
    ("gristmill: 1\n", "'stages' is missing"),
    (
      "gristmill: 1\nstage: []\nstages: []\n",
      "p.yaml:2:1: a pipeline file has no setting 'stage'; did you mean 'stages'?"
    ),
    ("gristmill: 1\nseed: -1\nstages: []\n", "p.yaml:2:7: 'seed' must be a whole number from 0"),
    ("gristmill: 1\nstages:\n  - currate: []\n", "p.yaml:3:5: no stage is called 'currate'"),
    (
      "gristmill: 1\nstages:\n  - curate:\n      - gopher\n",
      "p.yaml:4:9: no step is called 'gopher'; there are c4-quality"
    ),
    (
      "gristmill: 1\nstages:\n  - curate:\n      - gopher-quality: { maximun-words: 3 }\n",
      "p.yaml:4:27: curate.gopher-quality has no setting 'maximun-words'; did you mean 'maximum-words'?"
    ),
    (
      "gristmill: 1\nstages:\n  - curate:\n      - gopher-quality: { maximum-words: many }\n",
      "p.yaml:4:42: curate.gopher-quality: 'maximum-words' must be a whole number"
    ),
    (
      "gristmill: 1\nstages:\n  - curate:\n      - gopher-quality: { stop-words: [yes, no] }\n",
      "must be a list, each a text; YAML reads yes, no, on and off as flags: quote them"
    ),
    (
      "gristmill: 1\nread: { text-field: 3 }\nstages: []\n",
      "p.yaml:2:21: read: 'text-field' must be a text"
    ),
    (
      "gristmill: 1\nstages:\n  - deduplicate: {}\n  - curate: []\n",
      "'curate' stands too late or twice"
    ),
    ("gristmill: 1\nread: { text-field: 1:1:1:1:1:1:1:1:1:1:1:1 }\nstages: []\n", nil),
    ("gristmill: 1\nseed: 1:1:1:1:1:1:1:1:1:1:1:1\nstages: []\n", "'seed' must be a whole number"),
    (
      "gristmill: 1\nstages: []\nstages: []\n",
      "p.yaml:2:1: the same key twice in what begins here: stages"
    ),
    (
      "gristmill: 1\nstages:\n  - tokenizer: {}\n  - shards: { end-of-document: <eod> }\n",
      "shards: 'end-of-document' is '<eod>', but the special tokens of the tokenizer are <|endoftext|>"
    ),
    (
      "gristmill: 1\nstages:\n  - curate: [normalize]\n  - deduplicate: { keep: score }\n",
      "'keep: score' needs the step 'quality-score'"
    ),
    (
      "gristmill: 1\nstages:\n  - curate:\n      - threshold: { attribute: qualty, minimum: 1 }\n",
      "p.yaml:4:9: curate.threshold: no step before it gives the attribute 'qualty'; given: none"
    ),
    (
      "gristmill: 1\nstages:\n  - curate:\n      - gopher-quality: { minimum-mean-word-length: .nan }\n",
      "must be a number"
    ),
    (
      Self.conversations("- curate: [normalize]"),
      "shards: curate.normalize changes texts, but 'chat-template' packs the messages"
    ),
    (
      Self.conversations("- deduplicate: { lines: first }"),
      "shards: 'deduplicate' cuts pieces out of texts, but 'chat-template' packs the messages"
    ),
    (
      Self.conversations("- curate: [gopher-quality]\n  - deduplicate: { text-copies: first }"), nil
    ),
    ("gristmill: 1\nstages:\n  - shards: {}\n", "'shards' needs a 'tokenizer' stage before it"),
    ("gristmill: 1\nstages:\n  - curate: [\n", "not YAML"),
    ("- a\n", "a pipeline file has the keys gristmill, seed, read, stages"),
    ("", "a pipeline file has the keys gristmill, seed, read, stages"),
  ])
  func `what is not understood is refused with its place`(text: String, expected: String?) {
    let found = faults(text)
    if let expected {
      #expect(found.contains { $0.contains(expected) }, "\(found)")
    } else {
      #expect(found.isEmpty, "\(found)")
    }
  }

  @Test func `all faults are reported at once`() {
    let text = "gristmill: 1\nsead: 3\nstages:\n  - curate:\n      - nothing\n  - packing: {}\n"
    #expect(faults(text).count == 3)
  }

  @Test(arguments: [
    ("deduplicate.bands=20", nil as String?),
    ("curate.gopher-quality.maximum-words=90", nil),
    ("read.text-field=body", nil),
    ("deduplicate.bandes=20", "deduplicate has no setting 'bandes'; did you mean 'bands'?"),
    ("deduplicate.bands=few", "'bands' must be a whole number"),
    ("tokenizer.vocabulary-size=300", "the pipeline has no 'tokenizer'"),
  ])
  func `a setting of the command line is held to the same rules`(text: String, expected: String?) {
    let pipeline =
      "gristmill: 1\nstages:\n  - curate: [gopher-quality]\n  - deduplicate: {}\n"
    let found = faults(pipeline, overrides: [text])
    if let expected {
      #expect(found.contains { $0.contains(expected) }, "\(found)")
    } else {
      #expect(found.isEmpty, "\(found)")
    }
  }

  @Test func `the resolved pipeline reads back as itself`() throws {
    let text = """
      gristmill: 1
      seed: 3
      stages:
        - curate:
            - gopher-quality: { stop-words: ["a\\"b", "\\\\", "né\\n"], maximum-words: 90 }
            - normalize
        - deduplicate: { bands: 3 }
        - documents: { compression: none }
        - tokenizer: { vocabulary-size: 300, file: t.json }
        - shards: { validation-share: 0.25 }
      """
    let once = try PipelineParser.parse(text, file: "p.yaml", folder: "/p").resolvedText
    let twice = try PipelineParser.parse(once, file: "r.yaml", folder: "/r").resolvedText
    #expect(once == twice)
    #expect(once.contains("file: \"/p/t.json\""))
  }

  @Test func `every setting of every entry is described`() {
    for entry in PipelineVocabulary.entries {
      #expect(!entry.summary.isEmpty)
      for setting in entry.settings {
        #expect(!setting.summary.isEmpty && !setting.expectation.isEmpty)
        #expect(
          setting.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(setting.name)")
      }
    }
  }

  @Test(arguments: [
    ("bands: 21, profile: nemo, keep: first", [String](), "nemo", 13),
    ("bands: 21, profile: datatrove, keep: first", ["deduplicate.profile=nemo"], "nemo", 13),
    ("bands: 21, keep: first", ["deduplicate.rows=4", "deduplicate.profile=nemo"], "nemo", 4),
  ])
  func `a profile gives the defaults wherever it stands`(
    settings: String, overrides: [String], profile: String, rows: Int
  ) throws {
    let pipeline = try PipelineParser.parse(
      "gristmill: 1\nstages:\n  - deduplicate: { \(settings) }\n", file: "p.yaml", folder: "/p",
      overrides: overrides.compactMap(SettingOverride.init))
    let deduplicate = try #require(pipeline.deduplicate)
    #expect(deduplicate.profile.rawValue == profile)
    #expect((deduplicate.bands, deduplicate.rows) == (21, rows))
    #expect(deduplicate.keep.rules.map(\.rawValue) == ["first"])
  }
}
