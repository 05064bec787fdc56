import ByteKernels
import TestSupport
import Testing

@testable import Documents

/// What the compressed formats allow beside plain units.
struct ShardCompressionTests {
  static let lines = (0..<3).map { "{\"text\":\"\($0)\"}\n" }
  static let texts = ["0", "1", "2"]

  /// Reads `bytes`, whole and in pieces.
  private static func read(
    _ bytes: [UInt8], _ settings: ReadSettings = ReadSettings()
  ) throws -> ReadSummary {
    let folder = try ScratchFolder()
    let whole = try ReadSummary(bytes, settings, in: folder)
    for readByteCount in [1, 2, 7, 13] {
      var settings = settings
      settings.readByteCount = readByteCount
      #expect(
        try ReadSummary(bytes, settings, in: folder).events == whole.events, "\(readByteCount)")
    }
    #expect(whole.compressedByteCount == bytes.count)
    return whole
  }

  @Test(arguments: Packing.compressed)
  func `zeros behind the last unit are padding, as on a tape`(packing: Packing) throws {
    let summary = try Self.read(packing.units(Self.lines) + [UInt8](repeating: 0, count: 10_239))
    #expect(summary.texts == Self.texts)
    #expect(summary.errors.isEmpty)
  }

  @Test(arguments: [(4, true), (64, true), (3, false), (5, false)])
  func `zeros between xz streams are padding when they come in fours`(
    zeroCount: Int, isPadding: Bool
  ) throws {
    let zeros = [UInt8](repeating: 0, count: zeroCount)
    let summary = try Self.read(
      Packing.xz.units([Self.lines[0]]) + zeros + Packing.xz.units(Array(Self.lines[1...])))
    #expect(summary.texts == Self.texts)
    #expect(summary.errors.map(\.code) == (isPadding ? [] : ["corrupt"]))
  }

  @Test(arguments: Packing.compressed)
  func `zeros between other units are junk`(packing: Packing) throws {
    if packing == .xz { return }
    let unit = packing.units(["{\"text\":\"a\"}\n"])
    let summary = try Self.read(unit + [UInt8](repeating: 0, count: 512) + unit)
    #expect(summary.texts == ["a", "a"])
    #expect(summary.errors.map(\.code) == ["corrupt"])
    #expect(summary.errors.first?.byteOffset == unit.count)
  }

  @Test func `an lzma file is read, and its damage is told`() throws {
    let packed = Compressor.lzma.unit(Array(Self.lines.joined().utf8))
    #expect(try Self.read(packed).texts == Self.texts)
    let cut = try Self.read(Array(packed.dropLast(8)))
    #expect(cut.errors.map(\.code) == ["truncated"])
    #expect(try Self.read(packed + Array("junk".utf8)).errors.map(\.code) == ["trailing-junk"])
  }

  @Test func `a gzip header may be cut anywhere by a read, and its own checksum is checked`() throws
  {
    // RFC 1952, section 2.3; the CRC16 by Python's `zlib.crc32`.
    let headers: [[UInt8]] = [
      [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3] + Array("name.warc\0".utf8),
      [0x1F, 0x8B, 8, 0x10, 0, 0, 0, 0, 0, 3] + Array("a comment\0".utf8),
      [0x1F, 0x8B, 8, 0x18, 0, 0, 0, 0, 0, 3] + Array("\0\0".utf8),
      [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 0, 0],
      [0x1F, 0x8B, 8, 2, 0, 0, 0, 0, 0, 3, 0xA7, 0x77],
    ]
    for header in headers {
      let packed = Self.lines.flatMap { header + Packing.gzip.units([$0]).dropFirst(10) }
      let summary = try Self.read(packed)
      #expect(summary.texts == Self.texts)
      #expect(summary.errors.isEmpty)
    }
    var wrong = headers[4] + Packing.gzip.units([Self.lines[0]]).dropFirst(10)
    wrong[11] ^= 1
    #expect(try Self.read(wrong).errors.map(\.code) == ["corrupt"])
  }

  @Test(arguments: [
    [UInt8]("BCx".utf8.map { $0 }), [UInt8](repeating: 7, count: 300),
  ])
  func `a gzip header with a name, a comment, extra fields and a checksum is passed`(
    extra: [UInt8]
  ) throws {
    var packed: [UInt8] = []
    for line in Self.lines {
      let plain = Packing.gzip.units([line])
      let fields = [UInt8(extra.count & 255), UInt8(extra.count >> 8)] + extra
      packed += plain[..<3] + [0x1C] + plain[4..<10] + fields
      packed += Array("name\0comment\0".utf8) + plain[10...]
    }
    let summary = try Self.read(packed)
    #expect(summary.texts == Self.texts)
    #expect(summary.errors.isEmpty)
  }

  @Test func `the empty member that ends a BGZF file is passed`() throws {
    // SAM format specification, section 4.1.2.
    let end: [UInt8] = [
      0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0x1B, 0, 3, 0, 0, 0, 0, 0, 0,
      0, 0, 0,
    ]
    let summary = try Self.read(Packing.gzip.units(Self.lines) + end)
    #expect(summary.texts == Self.texts)
    #expect(summary.errors.isEmpty)
  }

  @Test(arguments: [Packing.zstd, .lz4])
  func `skippable frames are passed over, wherever they stand`(packing: Packing) throws {
    let skippable: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let units = Self.lines.map { packing.units([$0]) }
    let summary = try Self.read(
      skippable + units[0] + skippable + skippable + units[1] + units[2] + skippable)
    #expect(summary.texts == Self.texts)
    #expect(summary.errors.isEmpty)
  }

  @Test func `units of different compressions may follow one another`() throws {
    let units = zip([Packing.lz4, .gzip, .xz], Self.lines).map { $0.units([$1]) }
    let summary = try Self.read(units.flatMap { $0 })
    #expect(summary.texts == Self.texts)
    #expect(summary.errors.isEmpty)
  }

  @Test(arguments: [
    (Packing.gzip, "gz"), (.zstd, "zst"), (.bzip2, "bz2"), (.xz, "xz"), (.lz4, "lz4"),
  ])
  func `behind a damaged beginning the next unit is found by the file's name`(
    packing: Packing, suffix: String
  ) throws {
    var bytes = packing.units(Self.lines)
    bytes.replaceSubrange(0..<6, with: [0xFF, 0, 1, 0xFE, 2, 3])
    let folder = try ScratchFolder()
    let summary = ReadSummary(path: try folder.write("a.jsonl.\(suffix)", bytes))
    #expect(summary.texts == ["1", "2"])
    #expect(summary.errors.map(\.code) == ["corrupt"])
  }

  @Test func `an xz dictionary above the limit is refused with the setting that helps`() throws {
    // Made by xz --lzma2=dict=256MiB from nothing but `{"text":"a"}` and a line end.
    let wide: [UInt8] = Self.wideXZ
    let refused = try Self.read(wide + Packing.xz.units(["{\"text\":\"b\"}\n"]))
    #expect(refused.errors.map(\.code) == ["window-too-large"])
    #expect(refused.errors.first?.message.contains("maximum-window-log") == true)
    #expect(refused.texts == ["b"])
    var settings = ReadSettings()
    settings.maximumWindowLog = 28
    #expect(try ReadSummary(wide, settings).texts == ["a"])
  }

  static let wideXZ: [UInt8] = [
    253, 55, 122, 88, 90, 0, 0, 4, 230, 214, 180, 70, 2, 0, 33, 1, 32, 0, 0, 0, 9, 136, 165, 118,
    1, 0, 12, 123, 34, 116, 101, 120, 116, 34, 58, 34, 97, 34, 125, 10, 0, 0, 0, 0, 81, 20, 170,
    235, 159, 79, 69, 212, 0, 1, 37, 13, 113, 25, 196, 182, 31, 182, 243, 125, 1, 0, 0, 0, 0, 4,
    89, 90,
  ]

  @Test func `a zstd window of 2 GiB is read when it is allowed`() throws {
    // Made by zstd --long=31 from a pipe that held `{"text":"a"}` and a line end.
    let wide: [UInt8] = [
      40, 181, 47, 253, 4, 168, 105, 0, 0, 123, 34, 116, 101, 120, 116, 34, 58, 34, 97, 34, 125,
      10, 174, 169, 113, 140,
    ]
    #expect(try Self.read(wide).errors.map(\.code) == ["window-too-large"])
    var settings = ReadSettings()
    settings.maximumWindowLog = 31
    #expect(try ReadSummary(wide, settings).texts == ["a"])
  }

  @Test func `the codecs of other programs are read`() throws {
    for (name, packed) in Self.foreign {
      let summary = try Self.read(packed)
      #expect(summary.texts == ["a", "a"], "\(name)")
      #expect(summary.errors.isEmpty, "\(name)")
    }
  }

  /// `{"text":"a"}` and a line end, twice: two streams of bzip2 -9; two of xz -9e with a check of
  /// another kind each; lz4 -9 with linked blocks and the content size, then lz4 -1 without checksum.
  static let foreign: [(name: String, packed: [UInt8])] = [
    (
      "bzip2",
      [
        66, 90, 104, 57, 49, 65, 89, 38, 83, 89, 178, 89, 77, 250, 0, 0, 5, 217, 128, 0, 16, 16, 0,
        0, 16, 34, 0, 4, 74, 32, 0, 49, 6, 76, 65, 1, 166, 158, 160, 208, 220, 34, 194, 252, 93,
        201, 20, 225, 66, 66, 201, 101, 55, 232, 66, 90, 104, 57, 49, 65, 89, 38, 83, 89, 178, 89,
        77, 250, 0, 0, 5, 217, 128, 0, 16, 16, 0, 0, 16, 34, 0, 4, 74, 32, 0, 49, 6, 76, 65, 1,
        166, 158, 160, 208, 220, 34, 194, 252, 93, 201, 20, 225, 66, 66, 201, 101, 55, 232,
      ]
    ),
    (
      "xz",
      [
        253, 55, 122, 88, 90, 0, 0, 10, 225, 251, 12, 161, 2, 0, 33, 1, 28, 0, 0, 0, 16, 207, 88,
        204, 1, 0, 12, 123, 34, 116, 101, 120, 116, 34, 58, 34, 97, 34, 125, 10, 0, 0, 0, 0, 49,
        77, 58, 151, 31, 111, 124, 98, 62, 125, 206, 181, 70, 221, 222, 6, 135, 228, 30, 157, 240,
        43, 14, 220, 82, 221, 180, 167, 167, 127, 87, 227, 0, 1, 61, 13, 40, 129, 223, 52, 24, 155,
        75, 154, 1, 0, 0, 0, 0, 10, 89, 90, 253, 55, 122, 88, 90, 0, 0, 1, 105, 34, 222, 54, 2, 0,
        33, 1, 28, 0, 0, 0, 16, 207, 88, 204, 1, 0, 12, 123, 34, 116, 101, 120, 116, 34, 58, 34,
        97, 34, 125, 10, 0, 0, 0, 0, 119, 76, 194, 56, 0, 1, 33, 13, 117, 220, 168, 210, 144, 66,
        153, 13, 1, 0, 0, 0, 0, 1, 89, 90,
      ]
    ),
    (
      "lz4",
      [
        4, 34, 77, 24, 108, 64, 13, 0, 0, 0, 0, 0, 0, 0, 206, 13, 0, 0, 128, 123, 34, 116, 101,
        120, 116, 34, 58, 34, 97, 34, 125, 10, 0, 0, 0, 0, 145, 54, 55, 182, 4, 34, 77, 24, 96, 64,
        130, 13, 0, 0, 128, 123, 34, 116, 101, 120, 116, 34, 58, 34, 97, 34, 125, 10, 0, 0, 0, 0,
      ]
    ),
  ]
}
