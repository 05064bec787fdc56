import ByteKernels
import TestSupport
import Testing

struct CompressionTests {
  enum Codec: CaseIterable, Sendable {
    case gzip, zstd, bzip2, xz, lz4

    /// Those that are written too.
    static let written: [Codec] = [.gzip, .zstd]
  }

  /// Text that compresses, with some noise.
  static func sample(_ byteCount: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    let words = ["crawl ", "shard ", "token ", "page\n", "é", "\u{1F600}"].map { Array($0.utf8) }
    var bytes: [UInt8] = []
    while bytes.count < byteCount {
      let isNoise = UInt8.random(in: 0..<8, using: &generator) == 0
      bytes +=
        isNoise
        ? [UInt8.random(in: 0...255, using: &generator)]
        : words.randomElement(using: &generator) ?? []
    }
    return Array(bytes.prefix(byteCount))
  }

  static func pack(_ bytes: [UInt8], _ codec: Codec, cut: Int? = nil) -> [UInt8] {
    var output: [UInt8] = []
    let middle = min(cut ?? bytes.count, bytes.count)
    switch codec {
    case .gzip:
      let encoder = GzipEncoder()
      encoder.encode(bytes.span.extracting(0..<middle), into: &output)
      encoder.encode(bytes.span.extracting(middle..<bytes.count), into: &output)
      encoder.finishMember(into: &output)
    case .zstd:
      let encoder = ZstdEncoder()
      encoder.encode(bytes.span.extracting(0..<middle), into: &output)
      encoder.encode(bytes.span.extracting(middle..<bytes.count), into: &output)
      encoder.finishFrame(into: &output)
    case .bzip2: output = Compressor.bzip2.unit(bytes)
    case .xz: output = Compressor.xz.unit(bytes)
    case .lz4: output = Compressor.lz4.unit(bytes)
    }
    return output
  }

  enum Decoder {
    case gzip(GzipDecoder)
    case zstd(ZstdDecoder)
    case bzip2(Bzip2Decoder)
    case xz(XZDecoder)
    case lz4(LZ4Decoder)

    init(_ codec: Codec) {
      switch codec {
      case .gzip: self = .gzip(GzipDecoder())
      case .zstd: self = .zstd(ZstdDecoder())
      case .bzip2: self = .bzip2(Bzip2Decoder())
      case .xz: self = .xz(XZDecoder())
      case .lz4: self = .lz4(LZ4Decoder())
      }
    }

    func decode(_ input: Span<UInt8>, into output: inout ByteBuffer, limit: Int) -> DecoderStep {
      switch self {
      case .gzip(let decoder): decoder.decode(input, into: &output, limit: limit)
      case .zstd(let decoder): decoder.decode(input, into: &output, limit: limit)
      case .bzip2(let decoder): decoder.decode(input, into: &output, limit: limit)
      case .xz(let decoder): decoder.decode(input, into: &output, limit: limit)
      case .lz4(let decoder): decoder.decode(input, into: &output, limit: limit)
      }
    }
  }

  /// Decodes `packed` given in pieces cut at `cuts`; nil at a failure.
  static func unpack(
    _ packed: [UInt8], _ codec: Codec, cuts: [Int] = [], limit: Int = 1 << 16
  ) -> (bytes: [UInt8], unitCount: Int, isAtEnd: Bool)? {
    let decoder = Decoder(codec)
    var output = ByteBuffer()
    var (unitCount, position, isAtEnd) = (0, 0, true)
    for end in cuts + [packed.count] {
      while true {
        let piece = packed.span.extracting(position..<end)
        if piece.isEmpty, isAtEnd { break }
        let step = decoder.decode(piece, into: &output, limit: limit)
        position += step.consumedByteCount
        isAtEnd = step.outcome == .finishedUnit
        if isAtEnd { unitCount += 1 }
        if case .failed = step.outcome { return nil }
        if step.outcome == .needsInput { break }
      }
    }
    return ([UInt8](copying: output.bytes), unitCount, isAtEnd)
  }

  @Test(arguments: Codec.allCases, [0, 1, 17, 1000, 300_000, 1_500_000])
  func `what was packed comes back, through narrow output too`(codec: Codec, byteCount: Int) {
    let bytes = Self.sample(byteCount, seed: 21)
    let packed = Self.pack(bytes, codec)
    for limit in byteCount > 2000 ? [4096, 1 << 20] : [1, 7, 1 << 16] {
      let result = Self.unpack(packed, codec, limit: limit)
      #expect(result?.bytes == bytes)
      #expect(result?.unitCount == 1)
      #expect(result?.isAtEnd == true)
    }
  }

  @Test(arguments: Codec.allCases)
  func `units follow one another and may be cut anywhere`(codec: Codec) {
    let parts = [Self.sample(300, seed: 1), [], Self.sample(5, seed: 2)]
    let packed = parts.flatMap { Self.pack($0, codec) }
    for first in 0...packed.count {
      let second = min(packed.count, first + 3)
      let result = Self.unpack(packed, codec, cuts: [first, second])
      #expect(result?.bytes == parts.flatMap { $0 })
      #expect(result?.unitCount == 3)
      #expect(result?.isAtEnd == true)
    }
  }

  @Test(arguments: Codec.written)
  func `packing does not depend on how the bytes were cut into calls`(codec: Codec) {
    let bytes = Self.sample(400_000, seed: 31)
    let packed = Self.pack(bytes, codec)
    for cut in [1, 1000, 131_071, 131_072, 131_073, 399_999] {
      #expect(Self.pack(bytes, codec, cut: cut) == packed)
    }
  }

  @Test(arguments: Codec.allCases)
  func `a cut unit ends asking for more, at every length`(codec: Codec) {
    let packed = Self.pack(Self.sample(200, seed: 41), codec)
    for byteCount in 1..<packed.count {
      let result = Self.unpack(Array(packed.prefix(byteCount)), codec)
      #expect(result?.isAtEnd == false, "\(byteCount) of \(packed.count)")
    }
  }

  @Test(arguments: Codec.allCases)
  func `no changed byte passes for the original`(codec: Codec) {
    let bytes = Self.sample(400, seed: 51)
    let packed = Self.pack(bytes, codec)
    for position in packed.indices {
      for flip: UInt8 in [0x01, 0x80, 0xFF] {
        var broken = packed
        broken[position] ^= flip
        let result = Self.unpack(broken, codec)
        let isWhole = result?.isAtEnd == true && result?.unitCount == 1
        #expect(!isWhole || result?.bytes == bytes, "byte \(position)")
      }
    }
  }

  @Test func `a stored gzip member written by hand is read, and its checksum is checked`() {
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    let stored: [UInt8] = [1, 3, 0, 0xFC, 0xFF] + Array("abc".utf8)
    let crcAndLength: [UInt8] = [0xC2, 0x41, 0x24, 0x35, 3, 0, 0, 0]
    #expect(Self.unpack(header + stored + crcAndLength, .gzip)?.bytes == Array("abc".utf8))
    #expect(Self.unpack(header + stored + [0xC3, 0x41, 0x24, 0x35, 3, 0, 0, 0], .gzip) == nil)
    #expect(Self.unpack(header + stored + [0xC2, 0x41, 0x24, 0x35, 4, 0, 0, 0], .gzip) == nil)
  }

  @Test func `skippable zstd frames are passed over`() {
    let frame = Self.pack(Array("text".utf8), .zstd)
    let skippable: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let result = Self.unpack(skippable + frame + skippable + frame, .zstd)
    #expect(result?.bytes == Array("texttext".utf8))
  }

  @Test func `a zstd window above the limit is refused and one within it is read`() throws {
    // A frame of one empty raw block with window descriptor 0x90: 2 to the power of 28 bytes.
    let frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x90, 0x01, 0x00, 0x00]
    var output = ByteBuffer()
    let refused = ZstdDecoder(maximumWindowLog: 27).decode(frame.span, into: &output, limit: 64)
    #expect(refused.outcome == .failed(.windowTooLarge))
    let read = ZstdDecoder(maximumWindowLog: 28).decode(frame.span, into: &output, limit: 64)
    #expect(read.outcome == .finishedUnit)
  }

  @Test func `zlib streams and bare deflate are decoded as well`() {
    let bare: [UInt8] = [1, 3, 0, 0xFC, 0xFF] + Array("abc".utf8)
    let zlib: [UInt8] = [0x78, 0x9C] + bare + [0x02, 0x4D, 0x01, 0x27]
    for (wrapper, bytes) in [(GzipDecoder.Wrapper.bare, bare), (.zlib, zlib)] {
      var output = ByteBuffer()
      let step = GzipDecoder(wrapper: wrapper).decode(bytes.span, into: &output, limit: 64)
      #expect(step.outcome == .finishedUnit)
      #expect([UInt8](copying: output.bytes) == Array("abc".utf8))
    }
  }
}
