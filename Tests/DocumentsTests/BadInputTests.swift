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
    ("plain words\n and more\n", "unknown-format"), ("filedesc://x 0.0.0.0 1", "unknown-format"),
    ("PAR1....", "unknown-format"), ("BZh91AY&SY", "unsupported-compression"),
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

  @Test func `a line of 500 MB is passed over in little memory`() throws {
    let folder = try ScratchFolder()
    let file = try OutputFile(path: folder.path("long.jsonl.zst"))
    let encoder = ZstdEncoder(level: 1)
    var packed: [UInt8] = []
    encoder.encode(Array("{\"text\":\"a\"}\n{\"text\":\"".utf8).span, into: &packed)
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    for _ in 0..<500 {
      encoder.encode(piece.span, into: &packed)
      try file.write(packed)
      packed.removeAll(keepingCapacity: true)
    }
    encoder.encode(Array("\"}\n{\"text\":\"b\"}\n".utf8).span, into: &packed)
    encoder.finishFrame(into: &packed)
    try file.write(packed)
    _ = try file.publish()
    let before = Self.peakByteCount()
    let summary = ReadSummary(path: folder.path("long.jsonl.zst"))
    #expect(summary.texts == ["a", "b"])
    #expect(summary.malformed.map(\.cause) == ["too-long"])
    #expect(summary.malformed.first?.byteCount == 500 << 20 + 12)
    #expect(Self.peakByteCount() - before < 300 << 20)
  }

  private static func peakByteCount() -> Int {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
