internal import ByteKernels

/// Merges streams of documents in order into one; ties come in the order of the streams.
struct OrderedMerger {
  private let streams: [OrderedStream]
  /// Numbers of the streams that have a head, as a binary heap.
  private var heap: [Int] = []

  init(_ streams: [OrderedStream]) {
    self.streams = streams
    for number in streams.indices where streams[number].head != nil {
      heap.append(number)
      siftUp(heap.count - 1)
    }
  }

  /// The next document with the stream it was in; nil at the end of all.
  mutating func next() throws(OrderError) -> (
    header: OrderedHeader, body: [UInt8], stream: OrderedStream
  )? {
    guard let first = heap.first, let header = streams[first].head else { return nil }
    let stream = streams[first]
    let body = try stream.takeBody()
    if stream.head == nil {
      heap.swapAt(0, heap.count - 1)
      heap.removeLast()
    }
    siftDown()
    return (header, body, stream)
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    guard let first = streams[left].head, let second = streams[right].head else { return false }
    if first < second { return true }
    return second < first ? false : left < right
  }

  private mutating func siftUp(_ start: Int) {
    var place = start
    while place > 0, isBefore(heap[place], heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func siftDown() {
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && isBefore(heap[child], heap[least]) { least = child }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
