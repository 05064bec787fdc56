import FoundationEssentials
import TestSupport
import Testing

/// `gristmill verify`, `whence` and `inspect` on sets that are sound and sets that are not.
struct VerifyCommandTests {
  private struct Break: CustomTestStringConvertible {
    let testDescription: String
    let kind: String
    let apply: @Sendable (String) throws -> Void
  }

  private static func replace(_ path: String, _ text: String, with other: String) throws {
    try ShardSetFixture.change(path) { bytes in
      let changed = String(decoding: bytes, as: UTF8.self).replacing(text, with: other)
      bytes = Array(changed.utf8)
    }
  }

  private static let breaks: [Break] = [
    .init(testDescription: "a token flipped", kind: "wrong-digest") {
      try ShardSetFixture.change("\($0)/train-00000.bin") { $0[200] ^= 1 }
    },
    .init(testDescription: "tokens cut off", kind: "wrong-size") {
      try ShardSetFixture.change("\($0)/train-00000.bin") { $0.removeLast(2) }
    },
    .init(testDescription: "an index gone", kind: "missing-file") {
      try FileManager.default.removeItem(atPath: "\($0)/train-00001.idx")
    },
    .init(testDescription: "an index damaged", kind: "structure") {
      try ShardSetFixture.change("\($0)/train-00001.idx") { $0[34] ^= 1 }
    },
    .init(testDescription: "a provenance gone", kind: "missing-file") {
      try FileManager.default.removeItem(atPath: "\($0)/train-00001.provenance")
    },
    .init(testDescription: "a provenance damaged", kind: "provenance") {
      try ShardSetFixture.change("\($0)/train-00001.provenance") { $0[130] ^= 1 }
    },
    .init(testDescription: "a shard there twice", kind: "foreign-file") {
      for ending in [".bin", ".idx"] {
        try FileManager.default.copyItem(
          atPath: "\($0)/train-00000\(ending)", toPath: "\($0)/train-00077\(ending)")
      }
    },
    .init(testDescription: "the tokens of two shards exchanged", kind: "wrong-size") {
      let (one, two) = ("\($0)/train-00000.bin", "\($0)/train-00001.bin")
      try FileManager.default.moveItem(atPath: one, toPath: "\($0)/t")
      try FileManager.default.moveItem(atPath: two, toPath: one)
      try FileManager.default.moveItem(atPath: "\($0)/t", toPath: two)
    },
    .init(testDescription: "another tokenizer", kind: "outside-vocabulary") {
      try replace(
        "\($0)/shards.json", "\"vocabulary_size\" : 600", with: "\"vocabulary_size\" : 300")
    },
    .init(testDescription: "another end of document", kind: "missing-end-of-document") {
      try replace("\($0)/shards.json", "\"end_of_document\" : 0", with: "\"end_of_document\" : 7")
    },
    .init(testDescription: "a card damaged", kind: "wrong-count") {
      try replace("\($0)/shards.json", "\"documents\" : ", with: "\"documents\" : 1")
    },
  ]

  @Test func `a packed set is sound, and what is broken in it is found`() throws {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack("packed", ["--format", "megatron"])
    let sound = try fixture.verify(folder, ["--all"])
    #expect(sound.sound && sound.shards > 4 && sound.tokens > 10_000, "\(sound)")
    for fault in Self.breaks {
      let copy = try fixture.copy(folder, to: "broken")
      try fault.apply(copy)
      let found = try fixture.verify(copy)
      #expect(found.faults[fault.kind] != nil, "\(fault.testDescription): \(found)")
      #expect(found.first_faults.allSatisfy { $0.file.hasPrefix(copy) })
    }
  }

  @Test func `of others' shards gaps and copies are found, and ids by what is said of them`() throws
  {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack("packed", ["--format", "megatron"])
    let theirs = fixture.scratch.path("theirs")
    try FileManager.default.createDirectory(atPath: theirs, withIntermediateDirectories: true)
    for (from, to) in [
      ("train-00000", "part_0"), ("train-00001", "part_1"), ("train-00000", "part_3"),
    ] {
      for ending in [".bin", ".idx"] {
        try FileManager.default.copyItem(
          atPath: "\(folder)/\(from)\(ending)", toPath: "\(theirs)/\(to)\(ending)")
      }
    }
    let found = try fixture.verify(theirs)
    #expect(found.faults == ["duplicate-shard": 1, "missing-shard": 1], "\(found)")
    let small = try fixture.verify("\(theirs)/part_1.bin", ["--vocabulary-size", "300"])
    #expect(Set(small.faults.keys) == ["outside-vocabulary"], "\(small)")
    let whole = try fixture.verify(
      "\(theirs)/part_1.idx", ["--tokenizer", fixture.tokenizer, "--end-of-document", "0", "--all"])
    #expect(whole.sound, "\(whole)")
  }

  @Test func `whence leads from every document's first and last token to its record`() throws {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack(
      "packed", ["--format", "nanogpt", "--set", "shards.validation-share=0"])
    let sequences = try fixture.sequences("\(folder)/train.bin")
    #expect(sequences.count > 20)
    var start = 0
    for (number, sequence) in sequences.enumerated() {
      let end = start + sequence.tokens.count
      for offset in number % 8 == 0 ? [start, end - 1] : [] {
        let run = try Command.run(["whence", "\(folder)/train.bin", "\(offset)", "--json"])
        #expect(run.status == 0, "\(run.errors)")
        let answer = try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
        #expect(answer.id == sequence.pieces[0].id && answer.sequence == number)
        #expect(answer.token == sequence.tokens[offset - start])
        #expect(answer.document_offset == offset - start && !answer.padding)
        #expect(answer.record.contains("#"))
      }
      start = end
    }
    let beyond = try Command.run(["whence", "\(folder)/train.bin", "\(start)"])
    #expect(beyond.status == 64 && beyond.errors.contains("0 to \(start - 1)"))
    try FileManager.default.removeItem(atPath: "\(folder)/train.provenance")
    let lost = try Command.run(["whence", "\(folder)/train.bin", "0"])
    #expect(lost.status == 1 && lost.errors.contains("provenance"))
  }

  private struct Answer: Decodable {
    let id: String
    let record: String
    let sequence: Int
    let token: Int
    let document_offset: Int
    let padding: Bool
  }

  @Test func `a curated document keeps the place where it was read first`() throws {
    let scratch = try ScratchFolder()
    let run = try Command.run([
      "run", "Pipelines/crawl.yaml", "--input", "Samples/crawl/*", "--output", scratch.path("out"),
      "--set", "tokenizer.vocabulary-size=600", "--quiet",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let answer = try Command.run(["whence", scratch.path("out/shards/train-00000"), "0", "--json"])
    #expect(answer.output.contains(#""record":"articles.jsonl.gz#"#), "\(answer.output)")
    let card = String(decoding: try scratch.read("out/shards/dataset_card.md"), as: UTF8.self)
    #expect(card.hasPrefix("---\n") && card.contains("| pages.warc.gz |"))
  }
}
