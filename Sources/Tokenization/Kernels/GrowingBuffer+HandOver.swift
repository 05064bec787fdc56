extension GrowingBuffer<UInt32> {
  /// Moves ids on to the end of `ids`; of neighbours that are `fused` one is left, from `start` on.
  mutating func handOver(_ ids: inout [UInt32], from start: Int, fusing fused: UInt32?) {
    // SAFETY: the buffer holds `count` ids, which are copied at once.
    let made = unsafe UnsafeBufferPointer(start: base, count: count)
    if let fused, unsafe made.contains(fused) {
      for index in made.indices {
        let id = unsafe made[index]
        if id != fused || ids.count == start || ids.last != id { ids.append(id) }
      }
    } else {
      unsafe ids.append(contentsOf: made)
    }
    setCount(0)
  }
}
