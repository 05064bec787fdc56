import FoundationEssentials
import TestSupport
import Testing

/// What `gristmill verify` and `gristmill inspect` say of sets as a whole.
struct ShardSetFaultTests {
  @Test func `sets that are cut off or short of a shard are not sound`() throws {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack(
      "packed", ["--format", "npy", "--sequence-length", "128", "--set", "shards.remainder=pad"])
    #expect(try fixture.verify(folder).sound)
    let breaks: [(kind: String, apply: (String) throws -> Void)] = [
      ("unfinished", { try FileManager.default.removeItem(atPath: "\($0)/shards.json") }),
      (
        "unfinished",
        {
          try FileManager.default.createDirectory(
            atPath: "\($0)/.forget", withIntermediateDirectories: true)
          try Data("{}".utf8).write(to: URL(fileURLWithPath: "\($0)/.forget/plan.json"))
        }
      ),
      ("wrong-digest", { try ShardSetFixture.change("\($0)/dataset_card.md") { $0[40] ^= 1 } }),
      (
        "missing-shard",
        { folder in
          try ShardSetFixture.change("\(folder)/shards.json") { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let start = text.ranges(of: "\"shards\" : [\n").first?.upperBound,
              let end = text[start...].ranges(of: "\n    },\n").first?.upperBound
            else { return }
            bytes = Array((text[..<start] + text[end...]).utf8)
          }
          for file in try FileManager.default.contentsOfDirectory(atPath: folder)
          where file.hasPrefix("train-00000.") {
            try FileManager.default.removeItem(atPath: "\(folder)/\(file)")
          }
        }
      ),
      (
        "wrong-count",
        {
          try ShardSetFixture.change("\($0)/shards.json") { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            bytes = Array(
              text.replacing(#"      "padding" : "#, with: #"      "padding" : 1"#).utf8)
          }
        }
      ),
    ]
    for (kind, apply) in breaks {
      let copy = try fixture.copy(folder, to: "broken")
      try apply(copy)
      let found = try fixture.verify(copy)
      #expect(Set(found.faults.keys) == [kind], "\(found)")
    }
  }

  @Test func `an index of MosaicML's is held against the shards beside it`() throws {
    let fixture = try ShardSetFixture()
    let packed = try fixture.pack(
      "packed",
      ["--format", "mds", "--sequence-length", "64", "--validation-share", "0.4"])
    let bare = fixture.scratch.path("bare")
    try FileManager.default.createDirectory(atPath: bare, withIntermediateDirectories: true)
    for part in ["train", "val"] {
      try FileManager.default.copyItem(atPath: "\(packed)/\(part)", toPath: "\(bare)/\(part)")
    }
    #expect(try fixture.verify(bare).sound)
    let shard = "\(bare)/val/shard.00000.mds"
    try ShardSetFixture.change(shard) { $0[$0.count - 1] ^= 1 }
    #expect(try fixture.verify(bare).faults.keys.contains("wrong-digest"))
    try FileManager.default.removeItem(atPath: shard)
    #expect(try fixture.verify(bare).faults.keys.contains("missing-shard"))
    try ShardSetFixture.change("\(bare)/train/index.json") { $0.removeLast(9) }
    #expect(try fixture.verify(bare).faults.keys.contains("structure"))
  }

  @Test func `documents are decoded and encoded again where only their beginnings are marked`()
    throws
  {
    let fixture = try ShardSetFixture()
    for options in [
      ["--format", "llmc", "--strategy", "best-fit"],
      ["--format", "npy", "--set", "shards.end-of-document="],
    ] {
      let folder = try fixture.pack("packed", options + ["--sequence-length", "2048"])
      let run = try Command.run(["verify", folder, "--all"])
      #expect(run.status == 0 && !run.output.contains("no document"), "\(run)")
      try FileManager.default.removeItem(atPath: folder)
    }
  }

  @Test func `sequences of a set are counted over all shards, and numbers may be any`() throws {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack("packed", ["--format", "megatron"])
    let count = try fixture.sequences("\(folder)/train-00000").count
    func inspect(_ path: String, _ more: [String]) throws -> Command.Result {
      try Command.run(["inspect", path, "--quiet", "--workers", "1"] + more)
    }
    let last = try inspect(folder, ["--sequence", "\(count - 1)", "--count", "2"])
    #expect(last.output.contains("sequence \(count - 1) of train-00000,"), "\(last)")
    #expect(last.output.contains("sequence 0 of val-00000,"), "\(last)")
    for path in [folder, "\(folder)/train-00000"] {
      let beyond = try inspect(path, ["--sequence", "9223372036854775807"])
      #expect(beyond.status == 64 && beyond.errors.contains("not 9223372036854775807"), "\(beyond)")
    }
    let whence = try Command.run(["whence", "\(folder)/train-00000", "1", "--quiet"])
    #expect(whence.status == 0 && whence.output.contains("document"), "\(whence)")
  }

  @Test func `what is named as a shard and is none is not shown as documents`() throws {
    let fixture = try ShardSetFixture()
    let folder = try fixture.pack("packed", ["--format", "megatron"])
    try FileManager.default.createDirectory(
      atPath: fixture.scratch.path("theirs"), withIntermediateDirectories: true)
    let theirs = try fixture.scratch.write(
      "theirs/a.idx", try fixture.scratch.copy(of: "\(folder)/train-00000.idx").dropLast(9))
    _ = try fixture.scratch.write(
      "theirs/a.bin", try fixture.scratch.copy(of: "\(folder)/train-00000.bin"))
    let inspection = try Command.run(["inspect", theirs])
    #expect(inspection.status != 0 && inspection.errors.contains("a.idx"), "\(inspection)")
    let found = try fixture.verify(fixture.scratch.path("theirs"))
    #expect(Set(found.faults.keys) == ["structure"], "\(found)")
  }
}
