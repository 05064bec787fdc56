import FoundationEssentials
import TestSupport
import Testing

/// `gristmill convert --to`: token shards in another format.
struct ShardConversionTests {
  private static let input = "Samples/crawl/articles.jsonl.gz"

  private func packed(_ scratch: ScratchFolder, _ options: [String]) throws -> String {
    let tokenizer = try TrainedTokenizer.folder(on: Self.input, in: scratch)
    let folder = scratch.path("packed")
    let pack = try Command.run(
      [
        "pack", Self.input, "--tokenizer", tokenizer, "--output", folder, "--validation-share",
        "0.2", "--quiet",
      ] + options)
    #expect(pack.status == 0, "\(pack.errors)")
    return folder
  }

  private func expectSame(_ names: [String], _ scratch: ScratchFolder, _ other: String) throws {
    for name in names {
      #expect(
        try scratch.read("packed/\(name)") == scratch.read("\(other)/\(name)"), "\(other)/\(name)")
    }
  }

  @Test func `documents come back from every format as they were, with their provenance`() throws {
    let scratch = try ScratchFolder()
    let packed = try packed(scratch, ["--format", "megatron"])
    for format in ["nanogpt", "llmc", "olmo", "datatrove"] {
      let there = scratch.path(format)
      let report = try ShardConversionReport.convert(packed, format, there)
      #expect(report.padding == 0 && report.documents == report.sequences)
      let back = try ShardConversionReport.convert(
        there, "megatron", scratch.path("\(format)-back"))
      #expect(back.documents == report.documents)
      try expectSame(
        ["train-00000.bin", "train-00000.idx", "train-00000.provenance", "val-00000.bin"], scratch,
        "\(format)-back")
      let verify = try Command.run(["verify", there, "--quiet"])
      #expect(verify.status == 0, "\(format): \(verify.output)")
    }
  }

  @Test func `packed sequences come back from every format as they were`() throws {
    let scratch = try ScratchFolder()
    let packed = try packed(
      scratch, ["--format", "npy", "--strategy", "best-fit", "--sequence-length", "128"])
    let formats = [
      "mds", "webdataset", "parquet", "megatron", "nanogpt", "llmc", "olmo", "datatrove",
    ]
    for format in formats {
      let report = try ShardConversionReport.convert(packed, format, scratch.path(format))
      let back = try ShardConversionReport.convert(
        scratch.path(format), "npy", scratch.path("\(format)-back"))
      #expect(back.padding == report.padding)
      try expectSame(
        ["train-00000.npy", "train-00000.provenance", "val-00000.npy"], scratch, "\(format)-back")
    }
  }

  @Test func `documents are packed anew for a format of one length`() throws {
    let scratch = try ScratchFolder()
    let packed = try packed(scratch, ["--format", "megatron"])
    let refused = try Command.run([
      "convert", packed, "--to", "npy", "--output", scratch.path("npy"), "--quiet",
    ])
    #expect(refused.status == 64 && refused.errors.contains("--sequence-length"))
    let report = try ShardConversionReport.convert(
      packed, "npy", scratch.path("npy"), ["--sequence-length", "100"])
    #expect((report.tokensOut + report.padding) == 100 * report.sequences)
    #expect(report.padding < 200)
  }

  @Test func `shards of others are converted by what is said of them`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("train.bin", [1, 0, 0, 0, 2, 0, 3, 0, 0, 0])
    let theirs = scratch.path("train.bin")
    let report = try ShardConversionReport.convert(
      theirs, "megatron", scratch.path("ours"), ["--end-of-document", "0"])
    #expect(report.documents == 2 && report.tokensOut == 5)
    #expect(try scratch.read("ours/train-00000.bin") == scratch.read("train.bin"))
    let again = try Command.run([
      "convert", theirs, "--to", "megatron", "--output", scratch.path("ours"), "--quiet",
    ])
    #expect(again.status == 64 && again.errors.contains("holds files already"))
    let unsaid = try Command.run([
      "convert", theirs, "--output", scratch.path("x.jsonl"), "--end-of-document", "0",
    ])
    #expect(unsaid.status == 64 && unsaid.errors.contains("--to"))
  }
  @Test func `a shard that was cut short is named, not left out`() throws {
    let scratch = try ScratchFolder()
    try FileManager.default.createDirectory(
      atPath: scratch.path("theirs"), withIntermediateDirectories: true)
    try scratch.write("theirs/train.bin", [1, 0, 0, 0])
    try scratch.write("theirs/val.bin", [1, 0, 0])
    let refused = try Command.run([
      "convert", scratch.path("theirs"), "--to", "megatron", "--output", scratch.path("ours"),
    ])
    #expect(refused.status == 64 && refused.errors.contains("val.bin"))
  }
}
