import ByteKernels
import TestSupport
import Testing

@testable import Packing

struct MDSTests {
  /// Writes the sequences as one shard and gives back what was published.
  static func write(
    _ sequences: [PackedSequence], _ description: TokenShardDescription,
    sizeLimit: Int = MDSConfiguration.usualSizeLimit, in folder: ScratchFolder
  ) throws -> [String] {
    let prefix = folder.path(MDSLayout.name(of: .train, shard: 0))
    let writer = try MDSWriter(prefix: prefix, description, sizeLimit: sizeLimit)
    for sequence in sequences { try writer.append(sequence) }
    #expect(writer.sequenceCount == sequences.count)
    return try writer.publish().map { String($0.path.dropFirst(folder.path.count + 1)) }
  }

  static func sequence(_ tokens: [UInt32], mask: [UInt8] = []) -> PackedSequence {
    PackedSequence(
      tokens: tokens, pieces: [.init(document: 0, count: tokens.count)], lossMask: mask)
  }

  static func reader(_ folder: ScratchFolder, _ name: String) throws -> any TokenShardReader {
    try MDSLayout.reader(folder.path(name), TokenShardHints())
  }

  @Test(arguments: [(65_536, 2, "uint16"), (65_537, 4, "uint32")])
  func `samples of one length have the bytes that MDSWriter writes`(
    vocabularySize: Int, width: Int, type: String
  ) throws {
    let folder = try ScratchFolder()
    let sequences: [[UInt32]] = [[1, 2, 0x1234], [65_535, 0, 7]]
    let files = try Self.write(
      sequences.map { Self.sequence($0) },
      TokenShardDescription(vocabularySize: vocabularySize, sequenceLength: 3), in: folder)
    #expect(files == ["train/shard.00000.mds", "train/shard.00000.index"])
    let configuration = MDSReference.configuration(
      encodings: "\"ndarray:\(type):3\"", names: "\"tokens\"", sizes: "\(3 * width)")
    let expected = MDSReference.shard(
      configuration: configuration,
      samples: sequences.map { MDSReference.array($0.map { Int($0) }, width: width) })
    #expect(try folder.read("train/shard.00000.mds") == expected)

    let index = try MDSLayout.writeSetFiles(
      of: .train, names: ["train/shard.00000", "train/shard.00000"], in: folder.path,
      TokenShardDescription(vocabularySize: vocabularySize, sequenceLength: 3))
    #expect(index.map(\.path) == [folder.path("train/index.json")])
    var hash = String(XXH64.hash(expected.span), radix: 16)
    hash = String(repeating: "0", count: 16 - hash.count) + hash
    let columns = configuration.dropFirst().prefix(while: { $0 != "}" })
      .replacing(
        #""size_limit""#,
        with: #""raw_data": {"basename": "shard.00000.mds", "bytes": \#(expected.count), "#
          + #""hashes": {"xxh64": "\#(hash)"}}, "samples": 2, "size_limit""#)
    let entry = "{\(columns), \"zip_data\": null}"
    #expect(
      try folder.read("train/index.json")
        == Array(#"{"shards": [\#(entry), \#(entry)], "version": 2}"#.utf8))

    let reader = try Self.reader(folder, "train/shard.00000.mds")
    try reader.verify()
    #expect(try reader.tokenCount == 6)
    #expect(reader.tokenTypeName == type)
    var target = PackedSequence()
    for (number, sequence) in sequences.enumerated() {
      try reader.read(number, into: &target)
      #expect(target.tokens == sequence)
    }
  }

  @Test func `samples of any length say their sizes and shapes`() throws {
    let folder = try ScratchFolder()
    let lengths = [1, 255, 256, 65_535, 65_536]
    let sequences = lengths.map { length in (0..<length).map { UInt32($0 % 10) } }
    _ = try Self.write(
      sequences.map { Self.sequence($0) }, TokenShardDescription(vocabularySize: 10), in: folder)
    let heads: [[UInt8]] = [[4, 1], [4, 255], [5, 0, 1], [5, 255, 255], [6, 0, 0, 1, 0]]
    let samples = zip(sequences, heads).map { sequence, head in
      MegatronReference.bytes(of: head.count + 2 * sequence.count, byteCount: 4) + head
        + MDSReference.array(sequence.map { Int($0) }, width: 2)
    }
    #expect(
      try folder.read("train/shard.00000.mds")
        == MDSReference.shard(
          configuration: MDSReference.configuration(
            encodings: #""ndarray:uint16""#, names: #""tokens""#, sizes: "null"), samples: samples))
    let reader = try Self.reader(folder, "train/shard.00000.mds")
    try reader.verify()
    #expect(try reader.tokenCount == lengths.reduce(0, +))
    var target = PackedSequence()
    for (number, sequence) in sequences.enumerated() {
      try reader.read(number, into: &target)
      #expect(target.tokens == sequence)
    }
  }

  @Test(arguments: [false, true])
  func `masks bring labels, positions and documents, and come back`(isCompressed: Bool) throws {
    let folder = try ScratchFolder()
    let sequence = PackedSequence(
      tokens: [5, 6, 7, 8, 9, 0],
      pieces: [
        .init(document: 3, count: 2), .init(document: 4, start: 9, count: 3),
        .init(document: PackedSequence.Piece.padding, count: 1),
      ],
      lossMask: [0, 1, 0, 1, 1, 0])
    let files = try Self.write(
      [sequence],
      TokenShardDescription(
        vocabularySize: 10, sequenceLength: 6, hasLossMasks: true, isCompressed: isCompressed),
      in: folder)
    let ending = isCompressed ? ".mds.zstd" : ".mds"
    #expect(files == ["train/shard.00000\(ending)", "train/shard.00000.index"])
    let reader = try Self.reader(folder, "train/shard.00000.mds")
    try reader.verify()
    #expect(MDSLayout.recognises(folder.path("train/shard.00000\(ending)")))
    var target = PackedSequence()
    try reader.read(0, into: &target)
    #expect(target.tokens == sequence.tokens)
    #expect(target.pieces.map(\.count) == [2, 3, 1])
    #expect(target.pieces.map(\.isPadding) == [false, false, true])
    #expect(target.lossMask == sequence.lossMask)
    if isCompressed { return }
    #expect(
      try folder.read("train/shard.00000.mds")
        == MDSReference.shard(
          configuration: MDSReference.configuration(
            encodings: String(repeating: #""ndarray:int32:6", "#, count: 3)
              + #""ndarray:uint16:6""#,
            names: #""document_ids", "labels", "position_ids", "tokens""#, sizes: "24, 24, 24, 12"),
          samples: [
            MDSReference.array([0, 0, 1, 1, 1, -1], width: 4)
              + MDSReference.array([-100, 6, -100, 8, 9, -100], width: 4)
              + MDSReference.array([0, 1, 0, 1, 2, 0], width: 4)
              + MDSReference.array([5, 6, 7, 8, 9, 0], width: 2)
          ]))
  }

  @Test func `packed documents are told without masks too, however many files there are`() throws {
    let folder = try ScratchFolder()
    let description = TokenShardDescription(
      vocabularySize: 10, sequenceLength: 3, tellsDocuments: true)
    let sequence = PackedSequence(
      tokens: [5, 6, 7],
      pieces: [.init(document: 3, count: 1), .init(document: 4, count: 2)])
    let whole = PackedSequence(tokens: [1, 2, 3], pieces: [.init(document: 5, count: 3)])
    let files = try Self.write([sequence, whole, whole], description, sizeLimit: 1, in: folder)
    #expect(files.count == 4)
    let reader = try Self.reader(folder, "train/shard.00000.mds")
    for (number, documents) in [[0, 1], [0], [0]].enumerated() {
      var target = PackedSequence()
      try reader.read(number, into: &target)
      #expect(target.pieces.map { Int($0.document) } == documents)
      #expect(target.lossMask == [])
    }
  }

  @Test(arguments: [false, true])
  func `a shard goes on in another file at the size limit`(isCompressed: Bool) throws {
    let folder = try ScratchFolder()
    let description = TokenShardDescription(
      vocabularySize: 1000, sequenceLength: 100, isCompressed: isCompressed)
    let configuration = MDSReference.configuration(
      encodings: #""ndarray:uint16:100""#, names: #""tokens""#, sizes: "200",
      compression: isCompressed ? "\"zstd\"" : "null", sizeLimit: 2000)
    // A sample takes 204 bytes with its offset.
    let perFile = (2000 - 8 - configuration.utf8.count) / 204
    let sequences = (0..<UInt32(2 * perFile + 1)).map { number in
      Self.sequence((0..<100).map { number + $0 })
    }
    let files = try Self.write(sequences, description, sizeLimit: 2000, in: folder)
    let ending = isCompressed ? ".mds.zstd" : ".mds"
    let names = ["shard.00000", "shard.00000-00001", "shard.00000-00002"]
    #expect(files == names.map { "train/\($0)\(ending)" } + ["train/shard.00000.index"])
    #expect(!MDSLayout.recognises(folder.path("train/shard.00000-00001\(ending)")))
    let reader = try Self.reader(folder, "train/shard.00000.mds")
    try reader.verify()
    #expect(try reader.tokenCount == 100 * sequences.count)
    var target = PackedSequence()
    for (number, sequence) in sequences.enumerated() {
      try reader.read(number, into: &target)
      #expect(target.tokens == sequence.tokens)
      #expect(target.pieces == [.init(document: UInt32(number), count: 100)])
    }
    // Written again with fewer, it needs one file.
    _ = try Self.write(Array(sequences.prefix(2)), description, sizeLimit: 2000, in: folder)
    #expect(try Self.reader(folder, "train/shard.00000.mds").sequenceCount == 2)
  }

  @Test(arguments: [
    ("ndarray", "null", [65, 4, 2] as [UInt8]), ("ndarray:int64", "null", [4, 2]),
    ("ndarray:int64:2", "16", []), ("bytes", "null", []),
  ])
  func `what other writers leave open is read`(
    encoding: String, size: String, head: [UInt8]
  ) throws {
    let folder = try ScratchFolder()
    let value = head + MDSReference.array([9, 8], width: 8)
    let sizes = [3] + (size == "null" ? [value.count] : [])
    let shard = MDSReference.shard(
      configuration: #"{"column_names": ["text", "tokens"], "column_sizes": [null, \#(size)], "#
        + #""column_encodings": ["str", "\#(encoding)"], "more": [true, {"a": 1.5e3}]}"#,
      samples: [MDSReference.array(sizes, width: 4) + Array("abc".utf8) + value])
    try folder.write("shard.00000.mds", shard)
    let reader = try Self.reader(folder, "shard.00000.mds")
    try reader.verify()
    var target = PackedSequence()
    try reader.read(0, into: &target)
    #expect(target.tokens == [9, 8])
    #expect(try reader.tokenCount == 2)
  }

  @Test func `no cut and no changed byte traps, and most are named`() throws {
    let folder = try ScratchFolder()
    let description = TokenShardDescription(
      vocabularySize: 10, sequenceLength: 4, hasLossMasks: true)
    _ = try Self.write(
      [Self.sequence([1, 2, 3, 4], mask: [0, 0, 1, 1]), Self.sequence([5, 6, 7, 8])], description,
      in: folder)
    let whole = try folder.read("train/shard.00000.mds")
    func isSound(_ bytes: [UInt8]) throws -> Bool {
      try folder.write("a.mds", bytes)
      do throws(TokenShardError) {
        let reader = try MDSReader(path: folder.path("a.mds"), TokenShardHints())
        try reader.verify()
        return true
      } catch {
        #expect("\(error)".hasPrefix(folder.path("a.mds")))
        return false
      }
    }
    #expect(try isSound(whole))
    for byteCount in 0..<whole.count { #expect(try !isSound(Array(whole.prefix(byteCount)))) }
    #expect(try !isSound(whole + [0]))
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      var changed = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        changed[Int.random(in: 0..<whole.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      _ = try isSound(changed)
    }
  }

  @Test func `compressed shards are found, but not beside their plain twins`() throws {
    let folder = try ScratchFolder()
    _ = try Self.write(
      [Self.sequence([1, 2, 3, 4])],
      TokenShardDescription(vocabularySize: 10, sequenceLength: 4, isCompressed: true), in: folder)
    let packed = try folder.read("train/shard.00000.mds.zstd")
    try folder.write("train/shard.00001.mds.zstd", packed)
    try folder.write("train/shard.00002.mds.zstd", Array(packed.prefix(20)))
    let plain = try ScratchFolder()
    _ = try Self.write(
      [Self.sequence([1, 2, 3, 4])],
      TokenShardDescription(vocabularySize: 10, sequenceLength: 4), in: plain)
    try folder.write("train/shard.00003.mds.zstd", packed)
    try folder.write("train/shard.00003.mds", plain.read("train/shard.00000.mds"))
    let found = FoundShards(below: folder.path)
    let names = [
      "train/shard.00000.mds.zstd", "train/shard.00001.mds.zstd", "train/shard.00003.mds",
    ]
    #expect(found.paths == names.map(folder.path))
    #expect(found.unread == [folder.path("train/shard.00002.mds.zstd")])
    for name in ["train/shard.00000", "train/shard.00000.index"] {
      #expect(
        TokenShardFormat.recognise(folder.path(name))?.path
          == folder.path("train/shard.00000.mds.zstd"))
    }
  }

  @Test func `a cut or damaged zstd frame is named`() throws {
    let folder = try ScratchFolder()
    _ = try Self.write(
      [Self.sequence([1, 2, 3, 4])],
      TokenShardDescription(vocabularySize: 10, sequenceLength: 4, isCompressed: true), in: folder)
    let whole = try folder.read("train/shard.00000.mds.zstd")
    for byteCount in 0..<whole.count {
      try folder.write("a.mds.zstd", Array(whole.prefix(byteCount)))
      #expect(throws: TokenShardError.self) { try Self.reader(folder, "a.mds.zstd") }
    }
    var changed = whole
    changed[whole.count / 2] ^= 0x10
    try folder.write("a.mds.zstd", changed)
    #expect(throws: TokenShardError.self) { try Self.reader(folder, "a.mds.zstd").verify() }
  }
}
