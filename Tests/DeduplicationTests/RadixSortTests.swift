import TestSupport
import Testing

@testable import Deduplication

struct RadixSortTests {
  @Test func `any hashes of 32 bits come out in order`() {
    var generator = SeededGenerator(seed: 7)
    for (count, limit) in [(0, 1), (256, 9), (257, 9), (5000, UInt64(UInt32.max)), (5000, 3000)] {
      var hashes = (0..<count).map { _ in UInt32(truncatingIfNeeded: generator.next() % limit) }
      let expected = hashes.sorted()
      RadixSort.sort(&hashes)
      #expect(hashes == expected)
    }
  }

  @Test func `any records come out in order`() {
    var generator = SeededGenerator(seed: 2)
    let spreads: [(String, (Int, inout SeededGenerator) -> SortRecord)] = [
      ("hashes", { _, random in SortRecord(high: random.next(), low: random.next()) }),
      ("numbers", { _, random in SortRecord(high: random.next() % 1000, low: random.next()) }),
      ("equal", { _, random in SortRecord(high: 7, low: random.next()) }),
      (
        "low bits",
        { index, random in
          SortRecord(high: (index % 2 == 0 ? 1 : 0) << 63 | random.next() % 9, low: 1)
        }
      ),
      ("falling", { index, _ in SortRecord(high: UInt64(100_000 - index), low: 0) }),
      ("same", { _, _ in SortRecord(high: .max, low: .max) }),
    ]
    for (name, make) in spreads {
      for count in [0, 1, 2, 256, 257, 1000, 20_000] {
        var records = (0..<count).map { make($0, &generator) }
        let expected = records.sorted()
        var scratch: [SortRecord] = []
        RadixSort.sort(&records, scratch: &scratch)
        #expect(records == expected, "\(name) \(count)")
      }
    }
  }

  @Test func `a sorter gives all records in order, in memory or by way of the disk`() throws {
    let folder = try ScratchFolder()
    var generator = SeededGenerator(seed: 6)
    for count in [0, 1, 1024, 1025, 5000] {
      let records = (0..<count).map { _ in
        SortRecord(high: generator.next() % 5000, low: generator.next())
      }
      let sorter = RecordSorter(besides: folder.path("sort"), memoryByteCount: 1)
      for record in records { try sorter.append(record) }
      try sorter.finish()
      var sorted: [SortRecord] = []
      while let record = try sorter.next() { sorted.append(record) }
      #expect(sorted == records.sorted())
    }
  }
}
