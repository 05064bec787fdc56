/// Some values of a column: bit patterns of numbers, or places of byte strings.
struct ParquetValues {
  struct Place {
    var start: Int32
    var count: Int32

    var range: Range<Int> { Int(start)..<(Int(start) + Int(count)) }
  }

  /// Of columns of numbers and truths: 32-bit ones in the lower half.
  var numbers: [UInt64] = []
  /// Of columns of bytes.
  var places: [Place] = []
  /// What the places point into.
  var bytes: [UInt8] = []
  var count = 0

  mutating func makeRoom(forNumbers count: Int) {
    if numbers.count < count { numbers += Array(repeating: 0, count: count - numbers.count) }
  }

  mutating func makeRoom(forPlaces count: Int) {
    if places.count < count {
      places += Array(repeating: Place(start: 0, count: 0), count: count - places.count)
    }
  }
}
