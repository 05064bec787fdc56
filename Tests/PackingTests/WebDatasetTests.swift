import ByteKernels
import TestSupport
import Testing

@testable import Documents
@testable import Packing

struct WebDatasetTests {
  /// Writes the sequences as one shard and gives back what was published.
  static func write(
    _ sequences: [[UInt32]], perArchive: Int = WebDatasetWriter.usualSequencesPerArchive,
    in folder: ScratchFolder
  ) throws -> [String] {
    let writer = try WebDatasetWriter(
      prefix: folder.path(WebDatasetLayout.name(of: .train, shard: 3)), vocabularySize: 100_000,
      sequencesPerArchive: perArchive)
    for tokens in sequences { try writer.append(PackedSequence(EncodedDocument(tokens: tokens))) }
    #expect(writer.sequenceCount == sequences.count)
    #expect(writer.tokenCount == sequences.map(\.count).reduce(0, +))
    return try writer.publish().map { String($0.path.dropFirst(folder.path.count + 1)) }
  }

  static func sequences(_ reader: any TokenShardReader) throws -> [[UInt32]] {
    var target = PackedSequence()
    return try (0..<reader.sequenceCount).map { number in
      try reader.read(number, into: &target)
      #expect(target.pieces == [.init(document: UInt32(number), count: target.tokens.count)])
      return target.tokens
    }
  }

  @Test func `an archive has a header of ustar and a gzip member for each sequence`() throws {
    let folder = try ScratchFolder()
    let files = try Self.write([[0, 10, 99_999]], in: folder)
    #expect(files == ["train/00000003.tar", "train/00000003.jsonl"])
    let bytes = try folder.read("train/00000003.tar")
    #expect(bytes.count == 10_240)
    func field(_ start: Int, _ text: String) {
      #expect(String(decoding: bytes[start..<(start + text.utf8.count)], as: UTF8.self) == text)
    }
    field(0, "00000003-00000000.json.gz\0")
    field(100, "0000444\0" + "0000000\0" + "0000000\0")
    field(136, "00000000000\0")
    field(156, "0\0")
    field(257, "ustar\0" + "00" + "\0")
    var checksum = 0
    for index in 0..<512 { checksum += (148..<156).contains(index) ? 0x20 : Int(bytes[index]) }
    let octal = String(checksum, radix: 8)
    field(148, String(repeating: "0", count: 6 - octal.count) + octal + "\0 ")
    let size = try #require(Int(String(decoding: bytes[124..<135], as: UTF8.self), radix: 8))
    let decoder = GzipDecoder()
    var output = ByteBuffer()
    let step = decoder.decode(
      bytes.span.extracting(512..<(512 + size)), into: &output, limit: 1000)
    #expect(step == DecoderStep(consumedByteCount: size, outcome: .finishedUnit))
    let text = String(repairing: output.bytes)
    #expect(text == "[0, 10, 99999]")
    // No time, no system: nothing in the header of gzip.
    #expect(bytes[516..<521].allSatisfy { $0 == 0 })
    #expect(bytes[(512 + size)...].allSatisfy { $0 == 0 })
  }

  @Test func `archives are bounded, and the manifest counts what is in each`() throws {
    let folder = try ScratchFolder()
    var generator = SeededGenerator(seed: 8)
    let sequences = (0..<7).map { _ in
      (0..<50).map { _ in UInt32.random(in: 0..<100_000, using: &generator) }
    }
    let files = try Self.write(sequences, perArchive: 3, in: folder)
    let names = ["00000003", "00000003-00001", "00000003-00002"]
    #expect(files == names.map { "train/\($0).tar" } + ["train/00000003.jsonl"])
    let manifest = try WebDatasetLayout.writeSetFiles(
      of: .train, names: ["train/00000003", "train/00000003"], in: folder.path,
      TokenShardDescription(vocabularySize: 10))
    #expect(manifest.map(\.path) == [folder.path("train/manifest.jsonl")])
    let lines = zip(names, [3, 3, 1]).map {
      #"{"shard": "\#($0)", "num_sequences": \#($1)}"# + "\n"
    }
    #expect(
      try folder.read("train/manifest.jsonl") == Array((lines + lines).joined().utf8))
    for name in ["train/00000003", "train/00000003.tar", "train/00000003.jsonl"] {
      let found = try #require(TokenShardFormat.recognise(folder.path(name)))
      #expect(found.format == .webdataset)
      let reader = try found.format.layout.reader(found.path, TokenShardHints())
      try reader.verify()
      #expect(try reader.tokenCount == 350)
      #expect(try Self.sequences(reader) == sequences)
    }
    #expect(!WebDatasetLayout.recognises(folder.path("train/00000003-00001.tar")))
    _ = try Self.write(Array(sequences.prefix(2)), perArchive: 3, in: folder)
    let again = try WebDatasetLayout.reader(folder.path("train/00000003.tar"), TokenShardHints())
    #expect(try Self.sequences(again) == Array(sequences.prefix(2)))
  }

  @Test(arguments: [
    ("[]", JSONNumbers.Outcome.numbers([])), (" [ 1 ,\n2,4294967295 ] ", .numbers([1, 2, .max])),
    ("[-0]", .numbers([0])), ("[1, -1]", .impossible(1)), ("[4294967296]", .impossible(0)),
    ("[99999999999999999999999999]", .impossible(0)), ("", .malformed), ("[", .malformed),
    ("[1", .malformed), ("[1,", .malformed), ("[1,]", .malformed), ("[1 2]", .malformed),
    ("[1.5]", .malformed), ("[1]x", .malformed), ("{}", .malformed), ("[\"a\"]", .malformed),
  ])
  func `arrays of numbers are read and nothing else`(
    text: String, expected: JSONNumbers.Outcome
  ) {
    #expect(JSONNumbers.parse(Array(text.utf8).span) == expected)
  }

  @Test func `no cut and no changed byte traps, and cuts are named`() throws {
    let folder = try ScratchFolder()
    _ = try Self.write([[1, 2, 3], [4, 5, 6]], in: folder)
    let whole = try folder.read("train/00000003.tar")
    func isSound(_ bytes: [UInt8]) throws -> Bool {
      try folder.write("a.tar", bytes)
      do throws(TokenShardError) {
        let reader = try WebDatasetReader(path: folder.path("a.tar"))
        try reader.verify()
        return true
      } catch {
        #expect("\(error)".hasPrefix(folder.path("a.tar")))
        return false
      }
    }
    #expect(try isSound(whole))
    // Two members of a header and a block, and the first of the empty blocks behind them.
    for byteCount in stride(from: 0, to: 5 * 512, by: 7) {
      #expect(try !isSound(Array(whole.prefix(byteCount))))
    }
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      var changed = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        changed[Int.random(in: 0..<2560, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      _ = try isSound(changed)
    }
  }
}
