import FoundationEssentials
import TestSupport
import Testing

/// `gristmill convert --to` with shards that are packed anew, that hold masks, or that nobody should trust.
struct ShardRepackTests {
  private func expectSame(_ one: String, _ other: String, _ endings: [String]) throws {
    let shards = try FileManager.default.subpathsOfDirectory(atPath: one)
      .filter { $0.hasSuffix(".provenance") }
    #expect(!shards.isEmpty)
    for shard in shards.map({ $0.dropLast(".provenance".count) }) {
      for ending in endings {
        let files = try [one, other].map {
          try Data(contentsOf: URL(fileURLWithPath: "\($0)/\(shard)\(ending)"))
        }
        #expect(files[0] == files[1], "\(other)/\(shard)\(ending)")
      }
    }
  }

  @Test func `sequences packed anew are those that a pack makes of the documents`() throws {
    let fixture = try ShardSetFixture()
    func pack(_ length: Int) throws -> String {
      try fixture.pack(
        "packed-\(length)",
        ["--format", "npy", "--strategy", "concatenate", "--sequence-length", "\(length)"])
    }
    let short = try pack(64)
    for length in [48, 512] {
      let anew = fixture.scratch.path("anew-\(length)")
      try ShardConversionReport.convert(short, "npy", anew, ["--sequence-length", "\(length)"])
      try expectSame(try pack(length), anew, [".npy", ".provenance"])
      #expect(try fixture.verify(anew).sound)
    }
  }

  @Test func `sequences packed anew of parts of documents are sound`() throws {
    let fixture = try ShardSetFixture()
    // Shards for llm.c mark where documents begin, and not where they end.
    let cases = [
      ("best-fit", "parquet"), ("one-per-document", "parquet"), ("buckets", "parquet"),
      ("one-per-document", "llmc"),
    ]
    for (strategy, format) in cases {
      let name = "\(strategy)-\(format)"
      let packed = try fixture.pack(
        name, ["--format", format, "--strategy", strategy, "--sequence-length", "64"])
      let anew = fixture.scratch.path("\(name)-anew")
      try ShardConversionReport.convert(packed, "npy", anew, ["--sequence-length", "500"])
      let found = try fixture.verify(anew, ["--all"])
      #expect(found.sound, "\(name): \(found.faults)")
    }
  }

  @Test func `sequences without a token are counted and left out`() throws {
    let scratch = try ScratchFolder()
    func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
      (0..<(Number.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> Number($0 * 8)) }
    }
    var index = Array("MMIDIDX".utf8) + [0, 0] + number(UInt64(1)) + [8]
    index += number(UInt64(4)) + number(UInt64(5))
    for length in [2, 0, 1, 0] { index += number(Int32(length)) }
    for start in [0, 4, 4, 6] { index += number(Int64(start)) }
    for document in 0...4 { index += number(Int64(document)) }
    try scratch.write("train.idx", index)
    try scratch.write("train.bin", [5, 0, 6, 0, 7, 0])
    for (format, options) in [("megatron", []), ("npy", ["--sequence-length", "2"])] {
      let report = try ShardConversionReport.convert(
        scratch.path("train.bin"), format, scratch.path(format), options)
      #expect(report.emptySequences == 2 && report.documents == 2 && report.sequences == 2)
    }
    let whence = try Command.run([
      "whence", scratch.path("megatron/train-00000"), "2", "--json",
    ])
    #expect(whence.output.contains("train.idx#2"), "\(whence.output)\(whence.errors)")
  }

  @Test func `an id outside the vocabulary is named and not written`() throws {
    let fixture = try ShardSetFixture()
    let packed = try fixture.pack("packed", ["--format", "npy", "--sequence-length", "64"])
    try ShardSetFixture.change("\(packed)/shards.json") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
        .replacing("\"vocabulary_size\" : 600", with: "\"vocabulary_size\" : 300")
        .replacing("\"vocabulary_size\": 600", with: "\"vocabulary_size\": 300")
        .replacing("\"vocabulary_size\":600", with: "\"vocabulary_size\":300")
      bytes = Array(text.utf8)
    }
    for (format, options) in [("megatron", []), ("npy", ["--sequence-length", "100"])] {
      let run = try Command.run(
        [
          "convert", packed, "--to", format, "--output", fixture.scratch.path("no-\(format)"),
          "--quiet",
        ] + options)
      #expect(run.status == 1 && run.errors.contains("the vocabulary has 300 ids"), "\(run)")
      #expect(run.errors.contains(".npy") && run.errors.contains("at token "), "\(run.errors)")
    }
    try ShardConversionReport.convert(
      packed, "megatron", fixture.scratch.path("yes"), ["--vocabulary-size", "600"])
  }

  @Test func `parts that no document can have are named and not written`() throws {
    let fixture = try ShardSetFixture()
    let packed = try fixture.pack("packed", ["--format", "npy", "--sequence-length", "64"])
    try ShardSetFixture.change("\(packed)/train-00000.provenance") { bytes in
      let starts = bytes[72..<80].reversed().reduce(0) { $0 << 8 | Int($1) }
      bytes.replaceSubrange(starts..<(starts + 4), with: [0xF0, 0xFF, 0xFF, 0xFF])
    }
    for options in [[], ["--sequence-length", "24"]] {
      let run = try Command.run(
        [
          "convert", packed, "--to", "npy", "--output", fixture.scratch.path("no-\(options.count)"),
          "--quiet",
        ] + options)
      #expect(run.status == 1 && run.errors.contains("train-00000.npy"), "\(run)")
    }
  }

  @Test func `what ends documents of others may be above all their ids`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("train.bin", [1, 0, 2, 0, 3, 0])
    let report = try ShardConversionReport.convert(
      scratch.path("train.bin"), "npy", scratch.path("ours"),
      ["--end-of-document", "700", "--sequence-length", "2"])
    #expect(report.sequences == 2)
  }

  @Test func `loss masks go along through every format and a new packing`() throws {
    let scratch = try ScratchFolder()
    let specials = ["<|im_start|>", "<|im_end|>", "<|endoftext|>"]
    let tokenizer = scratch.path("tokenizer")
    let train = try Command.run(
      [
        "tokenizer", "train", "Samples/crawl/articles.jsonl.gz", "--output", tokenizer, "--quiet",
        "--vocabulary-size", "\(256 + specials.count)",
      ] + specials.flatMap { ["--special-token", $0] })
    #expect(train.status == 0, "\(train.errors)")
    let lines = (0..<40).map { number in
      #"{"id":"\#(number)","instruction":"Add \#(number)","output":"The sum is \#(number * 7)."}"#
    }
    let input = try scratch.write("chats.jsonl", Array(lines.joined(separator: "\n").utf8))
    func pack(_ length: Int) throws -> String {
      let folder = scratch.path("packed-\(length)")
      let run = try Command.run([
        "pack", input, "--tokenizer", tokenizer, "--output", folder, "--format", "npy",
        "--chat-template", "chatml", "--strategy", "concatenate", "--sequence-length", "\(length)",
        "--quiet",
      ])
      #expect(run.status == 0, "\(run.errors)")
      return folder
    }
    let packed = try pack(96)
    for format in ["datatrove", "parquet", "mds", "megatron"] {
      try ShardConversionReport.convert(packed, format, scratch.path(format))
      try ShardConversionReport.convert(scratch.path(format), "npy", scratch.path("\(format)-back"))
      try expectSame(packed, scratch.path("\(format)-back"), [".npy", ".provenance"])
    }
    try ShardConversionReport.convert(
      packed, "npy", scratch.path("anew"), ["--sequence-length", "160"])
    try expectSame(try pack(160), scratch.path("anew"), [".npy", ".provenance"])
    // Without provenance the mask that the format itself stores counts.
    for file in ["shards.json", "train-00000.provenance"] {
      try FileManager.default.removeItem(atPath: scratch.path("datatrove/\(file)"))
    }
    try ShardConversionReport.convert(scratch.path("datatrove"), "parquet", scratch.path("bare"))
    let set = try String(decoding: scratch.read("bare/shards.json"), as: UTF8.self)
    #expect(set.replacing(" ", with: "").contains(#""has_loss_masks":true"#))
  }

  @Test func `compressed MDS comes from a set that is compressed and can be read again`() throws {
    let fixture = try ShardSetFixture()
    let packed = try fixture.pack(
      "packed",
      ["--format", "mds", "--sequence-length", "64", "--set", "shards.compression=zstd"])
    let npy = fixture.scratch.path("npy")
    try ShardConversionReport.convert(packed, "npy", npy)
    let again = fixture.scratch.path("again")
    try ShardConversionReport.convert(packed, "mds", again)
    let plain = fixture.scratch.path("plain")
    try ShardConversionReport.convert(npy, "mds", plain)
    #expect(FileManager.default.fileExists(atPath: "\(plain)/train/shard.00000.mds"))
    #expect(try fixture.verify(plain).sound)
    let files = try FileManager.default.subpathsOfDirectory(atPath: packed)
      .filter { $0.contains(".mds") }
    #expect(files.contains { $0.hasSuffix(".mds.zstd") })
    for file in files {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: "\(packed)/\(file)"))
          == Data(contentsOf: URL(fileURLWithPath: "\(again)/\(file)")), "\(file)")
    }
    #expect(try fixture.verify(again).sound)
  }

  @Test func `a converted set stands by itself`() throws {
    let fixture = try ShardSetFixture()
    let packed = try fixture.pack("packed", ["--format", "megatron"])
    let one = fixture.scratch.path("one")
    let other = fixture.scratch.path("deep/er/other")
    try ShardConversionReport.convert(packed, "nanogpt", one)
    try ShardConversionReport.convert(packed, "nanogpt", other)
    let sets = try [one, other].map {
      try Data(contentsOf: URL(fileURLWithPath: "\($0)/shards.json"))
    }
    #expect(sets[0] == sets[1])
    #expect(!String(decoding: sets[0], as: UTF8.self).contains(".."))
    try FileManager.default.removeItem(atPath: packed)
    let moved = fixture.scratch.path("moved")
    try FileManager.default.moveItem(atPath: one, toPath: moved)
    #expect(try fixture.verify(moved).sound)
    let back = fixture.scratch.path("back")
    try ShardConversionReport.convert(moved, "megatron", back)
    #expect(try fixture.verify(back).sound)
  }

  @Test func `options that would do nothing are refused`() throws {
    let fixture = try ShardSetFixture()
    let packed = try fixture.pack("packed", ["--format", "megatron"])
    let refused: [(options: [String], name: String)] = [
      (["--end-of-document", "1"], "--end-of-document"), (["--token-bytes", "2"], "--token-bytes"),
      (["--output-ending", ".txt"], "--output-ending"),
      (["--output-separator", "x"], "--output-separator"), (["--text-field", "x"], "--text-field"),
      (["--set", "read.maximum-window-log=31"], "--set"),
    ]
    for (options, name) in refused {
      let run = try Command.run(
        ["convert", packed, "--to", "olmo", "--output", fixture.scratch.path("no")] + options)
      #expect(run.status == 64 && run.errors.contains(name), "\(name): \(run.errors)")
    }
    let stream = try Command.run(["convert", packed, "--to", "olmo", "--output", "-"])
    #expect(stream.status == 64 && stream.errors.contains("--to"))
  }
}
