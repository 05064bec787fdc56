import ByteKernels
import Documents
import FoundationEssentials
import Glibc
import TestSupport
import Testing

struct BadInputTests {
  @Test func `a missing file and a directory are said by name`() throws {
    let folder = try ScratchFolder()
    for (path, code) in [(folder.path("none"), "cannot-open"), (folder.path, "is-a-directory")] {
      let summary = ReadSummary(path: path)
      #expect(summary.errors.map(\.code) == [code])
      #expect(summary.events.count == 1)
      #expect("\(summary.errors[0])".contains(path))
    }
  }

  @Test func `an unreadable file is said by name`() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("secret", Array("{\"text\":\"a\"}".utf8))
    unsafe chmod(path, 0)
    let summary = ReadSummary(path: path)
    // The superuser reads everything.
    let expected = geteuid() == 0 ? [] : ["cannot-open"]
    #expect(summary.errors.map(\.code) == expected)
  }

  @Test(arguments: [[], Packing.gzip.unit([]), Packing.zstd.unit([])])
  func `an empty shard is counted, not refused`(bytes: [UInt8]) throws {
    let summary = try ReadSummary(bytes)
    #expect(summary.events == [.skipped(kind: "empty-file", byteCount: 0)])
    #expect(summary.compressedByteCount == bytes.count)
  }

  @Test(arguments: [
    ("plain words\n and more\n", "unknown-format"),
    ("PAR1....", "truncated"), ("BZh91AY&SY", "truncated"), ("BZh is text", "unknown-format"),
    ("PK\u{3}\u{4}zip", "unsupported-compression"),
    ("\u{2}!L\u{18}legacy lz4", "unsupported-compression"),
    ("[{\"text\":1}]", "unknown-format"), ("x", "unknown-format"),
  ])
  func `a shard of another format is refused with a remedy`(text: String, code: String) throws {
    let summary = try ReadSummary(text)
    #expect(summary.errors.map(\.code) == [code])
    #expect(summary.records.isEmpty)
  }

  @Test func `a zstd window above the limit is refused with the setting that helps`() throws {
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x90, 0x01, 0x00, 0x00]
    let refused = try ReadSummary(frame + Packing.zstd.units(["{\"text\":\"a\"}\n"]))
    #expect(refused.errors.map(\.code) == ["window-too-large"])
    #expect(refused.errors[0].message.contains("maximum-window-log"))
    #expect(refused.texts == ["a"])
    var settings = ReadSettings()
    settings.maximumWindowLog = 31
    #expect(try ReadSummary(frame, settings).errors.isEmpty)
  }

  /// Made by libzstd: the dictionary is the sentence below, bare and in a frame of its own, and
  /// the last frame holds one JSON line that quotes it.
  static let sentence = Array(
    "The quick brown fox of the shared dictionary jumps over the lazy crawl and its records.".utf8)
  static let packedSentence: [UInt8] = [
    40, 181, 47, 253, 32, 87, 125, 2, 0, 34, 133, 17, 23, 160, 165, 109, 244, 233, 169, 165, 252,
    223, 253, 137, 217, 46, 18, 185, 118, 251, 255, 245, 219, 127, 175, 1, 67, 35, 239, 37, 191,
    145, 30, 143, 221, 40, 227, 251, 42, 152, 225, 28, 236, 59, 0, 72, 198, 23, 219, 89, 69, 167,
    120, 76, 182, 210, 207, 130, 78, 246, 132, 37, 63, 106, 185, 248, 113, 154, 4, 207, 66, 4, 1,
    0, 71, 4, 5, 5,
  ]
  static let quotingFrame: [UInt8] = [
    40, 181, 47, 253, 36, 82, 157, 0, 0, 96, 123, 34, 116, 101, 120, 116, 34, 58, 34, 34, 125, 10,
    1, 0, 51, 162, 225, 8, 66, 76, 68, 174,
  ]

  @Test func `a shard that brings its zstd dictionary is read with it`() throws {
    for dictionary in [Self.sentence, Self.packedSentence] {
      let head: [UInt8] = [0x5D, 0x2A, 0x4D, 0x18, UInt8(dictionary.count), 0, 0, 0]
      var settings = ReadSettings()
      for readByteCount in [1, 7, 1 << 18] {
        settings.readByteCount = readByteCount
        let summary = try ReadSummary(head + dictionary + Self.quotingFrame, settings)
        #expect(summary.texts == ["\(String(decoding: Self.sentence.dropLast(17), as: UTF8.self))"])
        #expect(summary.errors.isEmpty)
      }
    }
    #expect(try ReadSummary(Self.quotingFrame).errors.map(\.code) == ["corrupt"])
  }

  @Test func `a line of 500 MB is passed over in little memory`() throws {
    let folder = try ScratchFolder()
    let path = folder.path("long.jsonl.zst")
    try Self.pack(
      Array("{\"text\":\"a\"}\n{\"text\":\"".utf8), [UInt8](repeating: 0x78, count: 1 << 20), 500,
      Array("\"}\n{\"text\":\"b\"}\n".utf8), to: path)
    let before = Self.peakByteCount()
    let summary = ReadSummary(path: path)
    #expect(summary.texts == ["a", "b"])
    #expect(summary.malformed.map(\.cause) == ["too-long"])
    #expect(summary.malformed.first?.byteCount == 500 << 20 + 12)
    #expect(Self.peakByteCount() - before < 300 << 20)
  }

  @Test func `half a gigabyte of marks of tar without a header is passed over in little memory`()
    throws
  {
    let folder = try ScratchFolder()
    let path = folder.path("marks.tar.zst")
    var piece = [UInt8](repeating: 0x78, count: 1 << 20)
    for start in stride(from: 0, to: piece.count, by: 8192) {
      piece.replaceSubrange(start..<(start + 5), with: Array("ustar".utf8))
    }
    try Self.pack([], piece, 500, [], to: path)
    let before = Self.peakByteCount()
    let summary = ReadSummary(path: path)
    #expect(summary.malformed.map(\.cause) == ["bad-tar-header"])
    #expect(summary.byteCount == 500 << 20)
    #expect(Self.peakByteCount() - before < 300 << 20)
  }

  /// Writes `head`, `piece` so many times, and `tail` as one zstd frame.
  private static func pack(
    _ head: [UInt8], _ piece: [UInt8], _ count: Int, _ tail: [UInt8], to path: String
  ) throws {
    let file = try OutputFile(path: path)
    let encoder = ZstdEncoder(level: 1)
    var packed: [UInt8] = []
    encoder.encode(head.span, into: &packed)
    for _ in 0..<count {
      encoder.encode(piece.span, into: &packed)
      try file.write(packed)
      packed.removeAll(keepingCapacity: true)
    }
    encoder.encode(tail.span, into: &packed)
    encoder.finishFrame(into: &packed)
    try file.write(packed)
    _ = try file.publish()
  }

  private static func peakByteCount() -> Int {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
