/// Gives the pre-tokens of several count files in byte order, equal ones added up.
struct CountFileMerger {
  private let readers: [CountFileReader]
  /// Places in `readers`, a heap by the reader's present pre-token.
  private var heap: [Int] = []

  init(_ readers: [CountFileReader]) throws {
    self.readers = readers
    for index in readers.indices where try readers[index].next() {
      heap.append(index)
      siftUp(heap.count - 1)
    }
  }

  /// Gives every pre-token with its sum.
  mutating func forEach(_ body: (Span<UInt8>, UInt64) throws -> Void) throws {
    while let first = heap.first {
      let word = readers[first].word
      var sum: UInt64 = 0
      while let top = heap.first, readers[top].word == word {
        sum &+= readers[top].count
        if try readers[top].next() {
          siftDown()
        } else {
          heap[0] = heap[heap.count - 1]
          heap.removeLast()
          if !heap.isEmpty { siftDown() }
        }
      }
      try body(word.span, sum)
    }
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
