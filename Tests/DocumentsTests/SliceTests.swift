import Documents
import TestSupport
import Testing

/// The slices of a file, read one by one, give what the whole file gives.
struct SliceTests {
  /// Lines of many lengths, one blank, one malformed, the last without its end.
  private static let lines: String = {
    var lines = (0..<40).map { "{\"text\":\"\(String(repeating: "é\($0) ", count: $0 % 7 * 9))\"}" }
    lines[11] = ""
    lines[17] = "{\"text\":"
    return lines.joined(separator: "\n")
  }()

  private static let records: [String] = (0..<12).map {
    let body = String(repeating: "<p>page \($0)</p>", count: 1 + $0 % 5 * 20)
    return Packing.warc($0 == 4 ? "metadata" : "response", Packing.page(body))
  }

  private func summary(_ path: String, cutAt offsets: [Int], byteCount: Int) -> ReadSummary {
    let bounds = [0] + offsets + [Int.max]
    var whole = ReadSummary(path: path, slice: bounds[0]..<bounds[1])
    for (start, end) in zip(bounds, bounds.dropFirst()).dropFirst() {
      whole.append(ReadSummary(path: path, slice: start..<end))
    }
    return whole
  }

  private func expectSame(_ path: String, cutAt offsets: [Int], byteCount: Int) {
    let whole = ReadSummary(path: path)
    let sliced = summary(path, cutAt: offsets, byteCount: byteCount)
    let isSame = sliced.events == whole.events
    #expect(isSame, "\(path) cut at \(offsets)")
  }

  @Test func `a plain file of lines can be cut at every byte`() throws {
    let folder = try ScratchFolder()
    let bytes = Array(Self.lines.utf8)
    let path = try folder.write("lines.jsonl", bytes)
    for offset in 1..<bytes.count {
      expectSame(path, cutAt: [offset], byteCount: bytes.count)
    }
    for step in [1, 7, 50, 333] {
      let offsets = Array(stride(from: step, to: bytes.count, by: step))
      expectSame(path, cutAt: offsets, byteCount: bytes.count)
    }
  }

  @Test(arguments: [Packing.gzip, .zstd])
  func `compressed lines can be cut between all units`(_ packing: Packing) throws {
    let folder = try ScratchFolder()
    let bytes = Array(Self.lines.utf8)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20 {
      var (start, packed, offsets) = (0, [UInt8](), [Int]())
      while start < bytes.count {
        // Some units hold a single byte, some many lines; some end right behind a line.
        let end = min(bytes.count, start + Int.random(in: 1...400, using: &generator))
        offsets.append(packed.count)
        packed += packing.unit(Array(bytes[start..<end]))
        start = end
      }
      let path = try folder.write("lines", packed)
      for offset in offsets.dropFirst() {
        expectSame(path, cutAt: [offset], byteCount: packed.count)
      }
      expectSame(path, cutAt: Array(offsets.dropFirst()), byteCount: packed.count)
    }
  }

  @Test(arguments: [Packing.gzip, .zstd])
  func `WARC can be cut between units that begin with a record`(_ packing: Packing) throws {
    let folder = try ScratchFolder()
    var (packed, offsets) = ([UInt8](), [Int]())
    for record in Self.records {
      offsets.append(packed.count)
      packed += packing.unit(Array(record.utf8))
    }
    let path = try folder.write("pages.warc", packed)
    for offset in offsets.dropFirst() {
      expectSame(path, cutAt: [offset], byteCount: packed.count)
    }
    expectSame(path, cutAt: Array(offsets.dropFirst()), byteCount: packed.count)
  }

  @Test(arguments: [Packing.gzip, .zstd])
  func `damage is counted by one slice`(_ packing: Packing) throws {
    let folder = try ScratchFolder()
    let pieces = stride(from: 0, to: Self.lines.utf8.count, by: 170).map {
      Array(Array(Self.lines.utf8).dropFirst($0).prefix(170))
    }
    var (intact, offsets) = ([UInt8](), [Int]())
    for piece in pieces {
      offsets.append(intact.count)
      intact += packing.unit(piece)
    }
    for damaged in 1..<(pieces.count - 1) {
      var bytes = intact
      bytes[offsets[damaged] + 30] ^= 0x55
      let path = try folder.write("lines", bytes)
      let whole = ReadSummary(path: path)
      #expect(!whole.errors.isEmpty)
      for cut in 1..<pieces.count {
        let sliced = summary(path, cutAt: [offsets[cut]], byteCount: bytes.count)
        #expect(sliced.records == whole.records, "\(damaged) \(cut)")
        #expect(sliced.byteCount == whole.byteCount, "\(damaged) \(cut)")
        #expect(sliced.malformed.map(\.cause) == whole.malformed.map(\.cause))
      }
    }
  }

  @Test func `cuts are found where units begin, each decoded before it is believed`() throws {
    let folder = try ScratchFolder()
    var generator = SeededGenerator(seed: 3)
    for packing in [Packing.gzip, .zstd] {
      var (packed, offsets) = ([UInt8](), Set<Int>())
      for record in Self.records + Self.records {
        // A unit inside a unit, as crawled archives have: stored, since it does not compress.
        let inner = packing.unit(Array(record.utf8))
        let noise = (0..<2000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let block = "HTTP/1.1 200 OK\r\nContent-Type: application/gzip\r\n\r\n"
        let body = Array(block.utf8) + noise + inner.dropLast(9) + noise
        let head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: \(body.count)\r\n\r\n"
        offsets.insert(packed.count)
        packed += packing.unit(Array(head.utf8) + body + [13, 10, 13, 10])
        offsets.insert(packed.count)
        packed += packing.unit(Array(record.utf8))
      }
      let path = try folder.write("pages.warc", packed)
      let cuts = ShardCuts(path: path, byteCount: packed.count, sliceByteCount: 5000)
      #expect(cuts.obstacle == nil)
      #expect(cuts.offsets.count > 10)
      #expect(cuts.offsets.allSatisfy(offsets.contains))
      expectSame(path, cutAt: cuts.offsets, byteCount: packed.count)
    }
  }

  @Test func `what cannot be cut says why`() throws {
    let folder = try ScratchFolder()
    let bytes = Array(String(repeating: Self.lines + "\n", count: 30).utf8)
    let oneMember = try folder.write("one.jsonl.gz", Packing.gzip.unit(bytes))
    let cuts = ShardCuts(path: oneMember, byteCount: 4000, sliceByteCount: 200)
    #expect(cuts.offsets.isEmpty)
    #expect(cuts.obstacle?.contains("no gzip member") == true)
    let plain = try folder.write("plain.warc", Array(Self.records.joined().utf8))
    #expect(ShardCuts(path: plain, byteCount: 4000, sliceByteCount: 200).obstacle != nil)
  }

  @Test func `a record that reaches over a cut is a wrong cut, and nothing is silently lost`()
    throws
  {
    let folder = try ScratchFolder()
    let packed = Packing.gzip.units([
      "WARC/1.0\r\nWARC-Type: metadata\r\nContent-Len", "gth: 0\r\n\r\n",
    ])
    let path = try folder.write("pages.warc", packed)
    let first = Packing.gzip.units(["WARC/1.0\r\nWARC-Type: metadata\r\nContent-Len"]).count
    let sliced = summary(path, cutAt: [first], byteCount: packed.count)
    #expect(sliced.errors.map(\.code).contains("wrong-cut"))
    let inside = summary(path, cutAt: [first - 5], byteCount: packed.count)
    #expect(inside.errors.map(\.code).contains("wrong-cut"))
  }
}
