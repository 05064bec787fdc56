import ByteKernels
import Documents
import TestSupport
import Testing

struct DamageTests {
  static let packed = Packing.compressed
  static let lines = (0..<8).map { "{\"id\":\($0),\"text\":\"document number \($0 * 7919)\"}\n" }
  static let pages = (0..<4).map {
    Packing.warc("response", Packing.page("<p>page \($0 * 7919)</p>"), id: "\($0)")
  }

  @Test(arguments: packed)
  func `a shard cut anywhere gives all whole entries before the cut, and says so`(
    packing: Packing
  ) throws {
    let folder = try ScratchFolder()
    for (texts, isWARC) in [(Self.lines, false), (Self.pages, true)] {
      let bytes = packing.units(texts)
      let whole = try ReadSummary(bytes)
      let units = texts.map { packing.units([$0]).count }
      var (unitCount, start) = (0, 0)
      for byteCount in 0..<bytes.count {
        while start + units[unitCount] <= byteCount {
          start += units[unitCount]
          unitCount += 1
        }
        let cut = try ReadSummary(Array(bytes.prefix(byteCount)), in: folder)
        #expect(cut.texts.starts(with: whole.texts.prefix(unitCount)), "\(byteCount)")
        #expect(cut.records.count <= unitCount + 1)
        // Less than a magic number is no compressed file yet.
        if start < byteCount, byteCount > packing.magicByteCount {
          let codes = cut.errors.map(\.code)
          #expect(
            codes.first
              == (byteCount - start < packing.magicByteCount ? "trailing-junk" : "truncated"),
            "\(byteCount) \(isWARC)")
          #expect(cut.errors.allSatisfy { $0.byteOffset <= byteCount })
        } else if start == byteCount {
          #expect(cut.errors.isEmpty)
        }
      }
    }
  }

  @Test(arguments: packed)
  func `a damaged unit is lost alone, wherever its bytes are changed`(packing: Packing) throws {
    let folder = try ScratchFolder()
    for texts in [Self.lines, Self.pages] {
      let units = texts.map { packing.units([$0]) }
      let whole = try ReadSummary(units.flatMap { $0 })
      let victim = 2
      for position in units[victim].indices {
        var broken = units
        broken[victim][position] ^= 0x55
        let summary = try ReadSummary(broken.flatMap { $0 }, in: folder)
        var expected = whole.records.map(\.id)
        let isLost = summary.records.count == expected.count - 1
        if isLost { expected.remove(at: victim) }
        #expect(summary.records.map(\.id) == expected, "byte \(position)")
        #expect(!isLost || summary.errors.count == 1, "byte \(position) \(summary.errors)")
        let start = units[..<victim].reduce(0) { $0 + $1.count }
        #expect(summary.errors.allSatisfy { $0.byteOffset >= start })
      }
    }
  }

  @Test(arguments: packed)
  func `junk between and behind units costs nothing`(packing: Packing) throws {
    let (one, two) = (packing.units([Self.pages[0]]), packing.units([Self.pages[1]]))
    let junk = [UInt8](repeating: 0, count: 700) + [0x1F, 0x8B, 0x28, 0xB5]
    let between = try ReadSummary(one + junk + two)
    #expect(between.records.count == 2)
    #expect(between.errors.map(\.code) == ["corrupt"])
    #expect(between.errors.first?.byteOffset == one.count)
    let behind = try ReadSummary(one + two + junk)
    #expect(behind.records.count == 2)
    #expect(behind.errors.map(\.code) == ["trailing-junk"])
    #expect(behind.errors.first?.byteOffset == one.count + two.count)
  }

  @Test(arguments: packed)
  func `a line that spans a damaged unit is counted, its rest too`(packing: Packing) throws {
    let bytes = packing.units([
      "{\"text\":\"a\"}\n{\"text\":", "\"lost", " half\"}\n{\"text\":\"b\"}\n",
    ])
    let second = packing.units(["{\"text\":\"a\"}\n{\"text\":"]).count
    var broken = bytes
    broken[second + packing.units(["\"lost"]).count - 1] ^= 0xFF
    let summary = try ReadSummary(broken)
    #expect(summary.texts == ["a", "b"])
    #expect(summary.counts == ["damaged corrupt": 1, "malformed cut-by-damage": 1])
  }

  @Test(arguments: packed)
  func `of one long unit, what was decoded before the damage is read`(packing: Packing) throws {
    var generator = SeededGenerator(seed: 99)
    let lines = (0..<40_000).map {
      "{\"id\":\($0),\"text\":\"\(UInt64.random(in: 0...UInt64.max, using: &generator))\"}\n"
    }
    var bytes = packing.units([lines.joined()])
    bytes[bytes.count * 9 / 10] ^= 0xFF
    let summary = try ReadSummary(bytes)
    #expect(summary.errors.map(\.code) == ["corrupt"])
    #expect(summary.records.count > 20_000)
    #expect(summary.records.prefix(20_000).map(\.id) == (0..<20_000).map { "\($0)" })
  }

  @Test(arguments: Packing.allCases)
  func `changed bytes crash nothing and leave every byte accounted for`(packing: Packing) throws {
    var generator = SeededGenerator(seed: 2026)
    let shards = [packing.units(Self.lines), packing.units(Self.pages)]
    var settings = ReadSettings()
    settings.readByteCount = 100
    settings.maximumRecordByteCount = 400
    let folder = try ScratchFolder()
    for round in 0..<600 {
      var bytes = shards[round % 2]
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        switch UInt8.random(in: 0..<4, using: &generator) {
        case 0: bytes.remove(at: position)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
        case 2: bytes.removeSubrange(position..<min(bytes.count, position + 40))
        default: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        }
        if bytes.count < 8 { bytes += shards[0] }
      }
      let summary = try ReadSummary(bytes, settings, in: folder)
      #expect(summary.events.count < 3000)
    }
  }
}
