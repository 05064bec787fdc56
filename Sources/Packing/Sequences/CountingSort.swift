/// Numbers sorted by a small key in two passes, equal keys in their order.
struct CountingSort {
  /// The numbers from 0 on, by ascending key.
  let order: [UInt32]
  /// For each key where its numbers end in `order`; they begin where those of the key before end.
  let ends: [UInt32]

  /// Sorts the numbers below `count`, whose keys are from 0 to `maximumKey`.
  init(count: Int, maximumKey: Int, key: (Int) -> Int) {
    var places = [UInt32](repeating: 0, count: maximumKey + 1)
    for number in 0..<count { places[key(number)] += 1 }
    var sum: UInt32 = 0
    for key in places.indices {
      let size = places[key]
      places[key] = sum
      sum += size
    }
    var order = [UInt32](repeating: 0, count: count)
    for number in 0..<count {
      let key = key(number)
      order[Int(places[key])] = UInt32(number)
      places[key] += 1
    }
    self.order = order
    ends = places
  }

  /// The numbers with a key.
  func numbers(_ key: Int) -> ArraySlice<UInt32> {
    order[Int(key == 0 ? 0 : ends[key - 1])..<Int(ends[key])]
  }
}
