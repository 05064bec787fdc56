import Documents
import FoundationEssentials
import TestSupport
import Testing

struct TarReaderTests {
  private struct Gold: Decodable {
    struct Member: Decodable {
      let name: String
      let kind: String
      let data: String
    }

    let name: String
    let archive: String
    let members: [Member]
  }

  private static let blockByteCount = 512

  /// A ustar header, and the data with its padding.
  private static func member(
    _ name: String, _ data: [UInt8], type: Character = "0", byteCount: Int? = nil
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: blockByteCount)
    func put(_ text: String, at offset: Int) {
      block.replaceSubrange(offset..<(offset + text.utf8.count), with: Array(text.utf8))
    }
    func octal(_ value: Int, digitCount: Int) -> String {
      let digits = String(value, radix: 8)
      return String(repeating: "0", count: digitCount - digits.count) + digits
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put(octal(byteCount ?? data.count, digitCount: 11), at: 124)
    put("        ", at: 148)
    put(String(type), at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(block.reduce(0) { $0 + Int($1) }, digitCount: 6) + "\0 ", at: 148)
    let padding = (blockByteCount - data.count % blockByteCount) % blockByteCount
    return block + data + [UInt8](repeating: 0, count: padding)
  }

  private static func text(_ name: String, _ text: String) -> [UInt8] {
    member(name, Array(text.utf8))
  }

  private static let end = [UInt8](repeating: 0, count: 1024)

  @Test func `members are those that Python's tarfile reads`() throws {
    let folder = try ScratchFolder()
    for line in TarGold.lines.split(separator: "\n") {
      let gold = try JSONDecoder().decode(Gold.self, from: Data(line.utf8))
      let archive = try [UInt8](#require(Data(base64Encoded: gold.archive)))
      let packed = ReadSummary(path: try folder.write("a.tar.gz", archive))
      let events = packed.events.filter { $0 != packed.events.last || gold.members.isEmpty }
      #expect(events.count == gold.members.count, "\(gold.name)")
      for (event, member) in zip(events, gold.members) {
        switch event {
        case .record(let record):
          #expect(record.id == "a.tar.gz/\(member.name)")
          #expect(record.payload == Data(base64Encoded: member.data).map { [UInt8]($0) })
          let isPage = member.name.hasSuffix(".html")
          #expect(record.mediaType == (isPage ? "text/html" : "text/plain"))
        case .skipped(let kind, _):
          let isEmpty = member.data.isEmpty
          #expect(
            kind
              == (member.kind != "file"
                ? "tar-\(member.kind)" : isEmpty ? "empty-file" : "tar-binary"))
        case .malformed, .damaged: Issue.record("\(event)")
        }
      }
      #expect(
        packed.events.last.map { if case .skipped("tar-padding", _) = $0 { true } else { false } }
          == true)
    }
  }

  private static let nested: [UInt8] =
    text(
      "a/lines.jsonl", "{\"id\":\"1\",\"text\":\"one\"}\n\nno json\n{\"id\":\"2\",\"text\":\"two\"}"
    )
    + member("a/b.txt.gz", Packing.gzip.units(["packed ", "text"]))
    + text("rows.csv", "text,n\nrow,1\nrow\n") + text("no-text.csv", "a,b\n1,2\n")
    + member("crawl.warc.zst", Packing.zstd.units([Packing.warc("conversion", "page")]))
    + member("inner.tar.gz", Packing.gzip.unit(text("c.txt", "inner\n") + end))
    + member("old.zip", [0x50, 0x4B, 0x03, 0x04, 1, 2, 3]) + text("last", "the last")

  @Test func `a member is read as if it stood alone`() throws {
    let summary = try ReadSummary.inPieces(Self.nested + Self.end)
    #expect(summary.texts == ["one", "two", "packed text", "row", "page", "inner\n", "the last"])
    #expect(
      summary.records.map(\.id).filter { $0.contains("/") } == [
        "shard/a/b.txt.gz", "shard/rows.csv#7", "shard/crawl.warc.zst#0",
        "shard/inner.tar.gz/c.txt", "shard/last",
      ])
    #expect(
      summary.counts == [
        "blank-line": 1, "malformed not-json": 1, "column-names": 1, "malformed too-few-cells": 1,
        "damaged no-text-column": 1, "tar-padding": 2, "tar-binary": 1,
      ])
    #expect(summary.errors.first?.path.hasSuffix("shard/no-text.csv") == true)
  }

  @Test(arguments: ["in.tar", "x", "in.tar.gz"])
  func `archives inside archives are opened so far and no farther`(name: String) throws {
    let packing = name.hasSuffix(".gz") ? Packing.gzip : .plain
    var archive = Self.text("core.txt", "core")
    for depth in 0..<6 {
      archive = Self.text("\(depth).txt", "at \(depth)") + Self.member(name, packing.unit(archive))
    }
    let summary = try ReadSummary.inPieces(archive)
    #expect(summary.texts == ["at 5", "at 4", "at 3", "at 2", "at 1"])
    #expect(summary.counts == ["malformed unsupported-tar-member": 1])
    #expect(summary.malformed.first?.message.contains("inside more than 4 others") == true)
  }

  @Test func `a member in UTF-16 takes its bytes in the archive`() throws {
    // Each of these characters takes two bytes in UTF-16 and three in UTF-8.
    let text = "\u{FEFF}text\n" + String(repeating: "漢字漢字漢字漢字\n", count: 200)
    let bytes = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let summary = try ReadSummary.inPieces(Self.member("a.csv", bytes) + Self.text("b.txt", "b"))
    #expect(summary.records.count == 201)
    #expect(summary.events.allSatisfy { $0.byteCount >= 0 })
    #expect(summary.records.last?.byteCount == 2 * Self.blockByteCount)
  }

  @Test func `headers in headers take no stack`() throws {
    let depth = 3000
    let headers = (0..<depth).map {
      Self.member("x", [], byteCount: (depth - 1 - $0) * Self.blockByteCount)
    }
    let summary = try ReadSummary(headers.flatMap { $0 })
    #expect(summary.counts == ["malformed unsupported-tar-member": 1])
  }

  @Test func `a damaged header costs its member and those who cannot be told from it`() throws {
    let parts = [Self.text("a.txt", "one"), Self.text("b.txt", "two"), Self.text("c.txt", "three")]
    for position in [0, 3, 130, 150, 156, 260] {
      var broken = parts
      broken[1][position] ^= 0x11
      let summary = try ReadSummary.inPieces(broken.flatMap { $0 } + Self.end)
      #expect(summary.texts == ["one", "three"], "byte \(position)")
      #expect(summary.counts == ["malformed bad-tar-header": 1, "tar-padding": 1])
    }
    let junk = try ReadSummary.inPieces(parts[0] + Self.end + Array("junk".utf8) + parts[1])
    #expect(junk.texts == ["one", "two"])
  }

  @Test func `a header is found behind many marks of one`() throws {
    let marks = String(repeating: "ustar", count: 40_000)
    let summary = try ReadSummary.inPieces(
      Self.text("a.txt", "one") + Array(marks.utf8) + Self.text("b.txt", "two") + Self.end)
    #expect(summary.texts == ["one", "two"])
    #expect(summary.malformed.map(\.byteCount) == [marks.utf8.count])
  }

  @Test func `what tar cannot say plainly is refused by name`() throws {
    let sparse = Self.member("holes.txt", Array("data".utf8), type: "S")
    let pax = Self.member("pax", Array("22 GNU.sparse.major=1\n".utf8), type: "x")
    for archive in [sparse, pax + Self.text("holes.txt", "data")] {
      let summary = try ReadSummary.inPieces(archive + Self.text("b.txt", "b") + Self.end)
      #expect(summary.texts == ["b"])
      #expect(summary.malformed.map(\.cause) == ["unsupported-tar-member"])
      #expect(summary.malformed[0].message.contains("holes.txt"))
    }
  }

  @Test func `an archive cut anywhere gives the members before the cut, and says so`() throws {
    let whole = Self.text("a.txt", "one") + Self.nested
    let texts = try ReadSummary(whole).texts
    let folder = try ScratchFolder()
    for byteCount in stride(from: 512, to: whole.count, by: 61) {
      let cut = try ReadSummary(Array(whole.prefix(byteCount)), in: folder)
      #expect(texts.starts(with: cut.texts), "\(byteCount)")
      // The padding of the last member may be missing.
      let block = whole[byteCount..<min(whole.count, (byteCount + 511) / 512 * 512)]
      let isWhole = block.allSatisfy { $0 == 0 }
      #expect(isWhole || cut.errors.contains { $0.code == "truncated" }, "\(byteCount)")
    }
  }

  @Test(arguments: [Packing.gzip, .zstd])
  func `a damaged unit costs the members it holds`(packing: Packing) throws {
    let members = (0..<6).map {
      Self.text("\($0).txt", "text \($0) " + String(repeating: "x", count: $0 * 300))
    }
    let units = members.map { packing.unit($0) }
    for victim in 0..<5 {
      var broken = units
      broken[victim][broken[victim].count - 1] ^= 0x55
      let folder = try ScratchFolder()
      let summary = ReadSummary(path: try folder.write("a.tar", broken.flatMap { $0 }))
      let numbers = summary.texts.compactMap { Int($0.dropFirst(5).prefix(1)) }
      #expect(numbers == (0..<6).filter { $0 != victim })
      #expect(summary.errors.count == 1)
    }
  }

  @Test func `changed bytes crash nothing and leave every byte accounted for`() throws {
    var generator = SeededGenerator(seed: 31)
    let folder = try ScratchFolder()
    var settings = ReadSettings()
    settings.maximumRecordByteCount = 700
    settings.format = try #require(ShardFormat(rawValue: "tar"))
    for _ in 0..<100 {
      var bytes = Self.nested + Self.end
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        switch UInt8.random(in: 0..<4, using: &generator) {
        case 0: bytes.remove(at: position)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
        case 2: bytes.removeSubrange(position..<min(bytes.count, position + 700))
        default: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        }
        if bytes.count < 100 { bytes += Self.nested }
      }
      _ = try ReadSummary.inPieces(bytes, settings, in: folder)
    }
  }
}
