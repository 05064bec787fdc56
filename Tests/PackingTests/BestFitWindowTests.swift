import TestSupport
import Testing

@testable import Packing

struct BestFitWindowTests {
  @Test(arguments: [(2, 30), (16, 400), (64, 300), (100, 700), (4096, 500)])
  func `every window is packed as the quadratic twin packs it`(capacity: Int, count: Int) {
    var random = SeededGenerator(seed: UInt64(capacity))
    var window = BestFitWindow(sequenceLength: capacity)
    var carried: [[Int]] = []
    for _ in 0..<4 {
      let counts = (0..<count).map { _ in
        Bool.random(using: &random)
          ? Int.random(in: 1..<capacity, using: &random)
          : Int.random(in: 1...max(1, capacity / 8), using: &random)
      }
      var twin = BestFitReference(rooms: carried.map { capacity - $0.reduce(0, +) })
      for (bin, length) in zip(twin.place(counts, capacity: capacity), counts) {
        if bin == carried.count || bin > carried.count {
          carried += Array(repeating: [], count: bin + 1 - carried.count)
        }
        carried[bin].append(length)
      }
      for length in counts {
        window.append(
          0..<length, of: EncodedDocument(tokens: [UInt32](repeating: 0, count: length)))
      }
      let members = window.place()
      let bins = window.rooms.indices.map { bin in
        members.numbers(bin).map { Int(window.buffer.items[Int($0)].count) }
      }
      #expect(bins == carried)
      #expect(window.rooms.map(Int.init) == twin.rooms)

      let limit = window.weight / 3
      let isReady = window.ready(members, limit: limit)
      #expect(Set(window.inOrder(isReady)) == Set(isReady.indices.filter { isReady[$0] }))
      window.remove(isReady)
      #expect(window.weight <= limit)
      carried = carried.indices.filter { !isReady[$0] }.map { carried[$0] }
      let rooms = carried.map { capacity - $0.reduce(0, +) }
      #expect(window.rooms.map(Int.init) == rooms)
      #expect(!rooms.contains(0))
    }
  }

  @Test(arguments: [1, 63, 64, 65, 4095, 4096, 4097, 300_000])
  func `a set of capacities finds what a search finds`(maximum: Int) {
    var random = SeededGenerator(seed: 7)
    var set = CapacitySet(maximum: maximum)
    var twin = Set<Int>()
    for _ in 0..<300 {
      let number = Int.random(in: 0...maximum, using: &random)
      if Bool.random(using: &random) {
        set.insert(number)
        twin.insert(number)
      } else if let removed = twin.randomElement(using: &random) {
        set.remove(removed)
        twin.remove(removed)
      }
      let from = Int.random(in: 0...maximum, using: &random)
      #expect(set.first(from: from) == twin.filter { $0 >= from }.min())
      #expect(set.first(from: 0) == twin.min())
      #expect(set.first(from: maximum) == (twin.contains(maximum) ? maximum : nil))
    }
  }
}
