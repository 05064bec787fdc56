/// Gives the pre-tokens of several count files in byte order, equal ones added up.
///
/// Sums beyond 64 bits stay at the largest number.
struct CountFileMerger {
  private let readers: [CountFileReader]
  /// What each reader's counts are multiplied by.
  private let weights: [UInt64]
  /// Places in `readers`, a heap by the reader's present pre-token.
  private var heap: [Int] = []

  init(_ readers: [CountFileReader], weights: [UInt64]? = nil) throws {
    self.readers = readers
    self.weights = weights ?? readers.map { _ in 1 }
    for index in readers.indices where try readers[index].next() {
      heap.append(index)
      siftUp(heap.count - 1)
    }
  }

  /// Gives every pre-token with its sum; those that come to nothing are left out.
  mutating func forEach(_ body: (Span<UInt8>, UInt64) throws -> Void) throws {
    while let first = heap.first {
      if heap.count == 1 { return try finish(readers[first], weights[first], body) }
      let word = readers[first].word
      var sum: UInt64 = 0
      while let top = heap.first, readers[top].word == word {
        sum = Self.sum(sum, readers[top].count, weights[top])
        if try readers[top].next() {
          siftDown()
        } else {
          heap[0] = heap[heap.count - 1]
          heap.removeLast()
          if !heap.isEmpty { siftDown() }
        }
      }
      if sum > 0 { try body(word.span, sum) }
    }
  }

  /// The rest of the one file that is left.
  private mutating func finish(
    _ reader: CountFileReader, _ weight: UInt64, _ body: (Span<UInt8>, UInt64) throws -> Void
  ) throws {
    heap = []
    repeat {
      let sum = Self.sum(0, reader.count, weight)
      let word = reader.word
      if sum > 0 { try body(word.span, sum) }
    } while try reader.next()
  }

  private static func sum(_ sum: UInt64, _ count: UInt64, _ weight: UInt64) -> UInt64 {
    let (product, overflow) = count.multipliedReportingOverflow(by: weight)
    let (result, carry) = sum.addingReportingOverflow(product)
    return overflow || carry ? .max : result
  }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    readers[a].word.lexicographicallyPrecedes(readers[b].word)
  }

  private mutating func siftUp(_ place: Int) {
    var place = place
    while place > 0, precedes(heap[place], heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func siftDown() {
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= heap.count { return }
      if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
      if !precedes(heap[child], heap[place]) { return }
      heap.swapAt(place, child)
      place = child
    }
  }
}
