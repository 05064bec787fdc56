import FoundationEssentials
import TestSupport
import Testing

/// `gristmill forget` on sets that are not as it left them.
struct ForgetSafetyTests {
  private struct Packed {
    let fixture: ShardSetFixture
    let folder: String
    /// A document of the first shard.
    let id: String

    init(_ options: [String] = ["--format", "megatron"]) throws {
      fixture = try ShardSetFixture()
      folder = try fixture.pack("packed", options)
      let first = try fixture.sequences("\(folder)/train-00000").flatMap(\.pieces)
      id = try #require(first.compactMap(\.id).first)
    }

    func forget(_ copy: String) throws -> Command.Result {
      try Command.run(["forget", "--id", id, copy])
    }
  }

  private static func replace(_ path: String, _ text: String, with other: String) throws {
    try ShardSetFixture.change(path) { bytes in
      let whole = String(decoding: bytes, as: UTF8.self)
      #expect(whole.contains(text))
      bytes = Array(whole.replacing(text, with: other).utf8)
    }
  }

  @Test func `what a killed forget left is not taken for what another one did`() throws {
    let packed = try Packed()
    let staging = "\(packed.folder)/.forget"
    try FileManager.default.createDirectory(
      atPath: "\(staging)/train", withIntermediateDirectories: true)
    try Data(#"{"plan":"0","name":"train-00000","found":[],"before":[]}"#.utf8)
      .write(to: URL(fileURLWithPath: "\(staging)/shard-00000.json"))
    try Data("old".utf8).write(to: URL(fileURLWithPath: "\(staging)/train-00000.bin"))
    let run = try packed.forget(packed.folder)
    #expect(run.status == 0 && run.output.contains("1 documents of"), "\(run)")
    let after = try packed.fixture.sequences("\(packed.folder)/train-00000").flatMap(\.pieces)
    #expect(!after.contains { $0.id == packed.id })
    #expect(!FileManager.default.fileExists(atPath: staging))
    #expect(try packed.fixture.verify(packed.folder).sound)
  }

  @Test func `a set that names files outside of its folder changes none of them`() throws {
    let packed = try Packed()
    let outside = try packed.fixture.scratch.write("outside.bin", [1, 2, 3])
    for (text, other) in [
      (#""path" : "train-00000.bin""#, #""path" : "../outside.bin""#),
      (#""path" : "train-00000.bin""#, "\"path\" : \"\(outside)\""),
      (#""name" : "train-00000""#, #""name" : "../train-00000""#),
      (#""name" : "train-00001""#, #""name" : "train-00000""#),
      (#""path" : "train-00000.bin""#, #""path" : "train-00000.idx""#),
      (#""path" : "train-00000.bin""#, #""path" : "plan.json""#),
      (#""vocabulary_size" : 600"#, #""vocabulary_size" : 0"#),
      (#""tokens" : "#, #""tokens" : 922337203685477"#),
      (#""format" : "megatron","#, ""),
    ] {
      let copy = try packed.fixture.copy(packed.folder, to: "hostile")
      try Self.replace("\(copy)/shards.json", text, with: other)
      for arguments in [
        ["forget", "--id", packed.id, copy], ["verify", copy], ["inspect", copy],
      ] {
        let run = try Command.run(arguments)
        #expect(run.status == 1 && run.errors.contains("shards.json"), "\(arguments) \(run)")
      }
      #expect(try packed.fixture.scratch.read("outside.bin") == [1, 2, 3])
    }
  }

  @Test func `a description that does not fit its shards stops a forget with a message`() throws {
    let packed = try Packed(["--format", "npy", "--sequence-length", "128"])
    for (text, other) in [
      (#""vocabulary_size" : 600"#, #""vocabulary_size" : 300"#),
      (#""vocabulary_size" : 600"#, #""vocabulary_size" : 3000000000"#),
      (#""sequence_length" : 128"#, #""sequence_length" : 64"#),
      (#""sequence_length" : 128"#, #""sequence_length" : 0"#),
      (#"  "padding" : 0,\#n  "seed""#, #"  "padding" : 4000,\#n  "seed""#),
      (#""format" : "npy""#, #""format" : "mine""#),
    ] {
      let copy = try packed.fixture.copy(packed.folder, to: "hostile")
      try Self.replace("\(copy)/shards.json", text, with: other)
      let run = try packed.forget(copy)
      #expect(run.status == 1 && run.errors.contains(copy), "\(other) \(run)")
    }
  }

  @Test func `a plan or a file behind a link leads nowhere else`() throws {
    let packed = try Packed()
    let outside = try packed.fixture.scratch.write("outside.bin", [1, 2, 3])
    let planned = try packed.fixture.copy(packed.folder, to: "planned")
    try FileManager.default.createDirectory(
      atPath: "\(planned)/.forget", withIntermediateDirectories: true)
    let plan =
      #"{"request":{"ids":["x"],"urls":[],"patterns":[]},"shards":[],"files":[],"#
      + #""receipt":"../outside.bin"}"#
    try Data(plan.utf8).write(to: URL(fileURLWithPath: "\(planned)/.forget/plan.json"))
    let refused = try packed.forget(planned)
    #expect(refused.status == 1 && refused.errors.contains("plan.json"), "\(refused)")
    let linked = try packed.fixture.copy(packed.folder, to: "linked")
    let moved = packed.fixture.scratch.path("moved.bin")
    try FileManager.default.moveItem(atPath: "\(linked)/train-00000.bin", toPath: moved)
    try FileManager.default.createSymbolicLink(
      atPath: "\(linked)/train-00000.bin", withDestinationPath: moved)
    let run = try packed.forget(linked)
    #expect(run.status == 1 && run.errors.contains("link"), "\(run)")
    #expect(try packed.fixture.scratch.read("outside.bin") == [1, 2, 3], "\(outside)")
  }

  @Test func `damage is not made whole by writing a shard anew`() throws {
    let packed = try Packed()
    for (file, place) in [("train-00000.bin", 100), ("train-00000.provenance", 200)] {
      let copy = try packed.fixture.copy(packed.folder, to: "damaged")
      try ShardSetFixture.change("\(copy)/\(file)") { $0[place] ^= 1 }
      let run = try packed.forget(copy)
      #expect(run.status == 1 && run.errors.contains("verify"), "\(run)")
    }
  }

  @Test func `a provenance with columns that cannot be stops a command with a message`() throws {
    let packed = try Packed()
    let header = try packed.fixture.scratch.copy(of: "\(packed.folder)/train-00000.provenance")
    func offset(_ field: Int) -> Int {
      header[field..<(field + 8)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    for (place, byte) in [
      (offset(48) + 7, UInt8(0x80)), (offset(48) + 1, 0x7F), (offset(64) + 2, 0x7F), (32, 0),
      (34, 1),
    ] {
      let copy = try packed.fixture.copy(packed.folder, to: "damaged")
      try ShardSetFixture.change("\(copy)/train-00000.provenance") { $0[place] = byte }
      for arguments in [
        ["whence", "\(copy)/train-00000", "5"], ["inspect", "\(copy)/train-00000"],
        ["inspect", copy], ["forget", "--match", "*", copy],
        [
          "convert", "\(copy)/train-00000.bin", "--to", "npy", "--sequence-length", "64",
          "--output", packed.fixture.scratch.path("converted"),
        ],
      ] {
        let run = try Command.run(arguments)
        #expect(
          run.status == 1 && run.errors.contains(".provenance"), "\(place) \(arguments) \(run)")
      }
    }
  }

  @Test func `receipts are numbered on, and nothing is asked for by an empty name`() throws {
    let packed = try Packed()
    for ids in [["--id", packed.id], ["--match", "*/en/*"]] {
      #expect(try Command.run(["forget", packed.folder, "--quiet"] + ids).status == 0)
    }
    try FileManager.default.removeItem(atPath: "\(packed.folder)/forget-receipts/00001.json")
    #expect(try Command.run(["forget", packed.folder, "--quiet", "--match", "*/de/*"]).status == 0)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: "\(packed.folder)/forget-receipts")
    #expect(names.sorted() == ["00002.json", "00003.json"])
    for option in ["--id", "--url", "--match"] {
      #expect(try Command.run(["forget", packed.folder, option, ""]).status == 64)
    }
  }
}
