internal import ByteKernels

/// Strings of bytes with a value each, found by what a text begins with: a trie in a double array.
///
/// The node below a node by a byte is at the node's base, exclusive-or the byte, if it names the node
/// as the one above it.
@safe final class PieceTrie: Sendable {
  /// A node's base in the low 28 bits, one more than the node above it in the next 28, and in bit 56
  /// whether a string ends there.
  typealias Unit = UInt64

  static let fieldBits: UInt64 = 28
  static let fieldMask: UInt64 = 1 << 28 - 1
  static let valueBit: UInt64 = 1 << 56

  nonisolated(unsafe) private let units: UnsafeMutablePointer<Unit>
  nonisolated(unsafe) private let values: UnsafeMutablePointer<UInt64>
  /// True for the bytes that strings begin with.
  let begins: [Bool]

  /// Of strings that are there twice the last value counts; empty strings are left out.
  init(_ strings: [(bytes: [UInt8], value: UInt64)]) {
    var builder = PieceTrieBuilder(strings)
    builder.build()
    unsafe units = TableMemory.allocate(Unit.self, count: builder.units.count)
    unsafe values = TableMemory.allocate(UInt64.self, count: builder.units.count)
    for (place, unit) in builder.units.enumerated() {
      unsafe units[place] = unit
      unsafe values[place] = builder.values[place]
    }
    var begins = [Bool](repeating: false, count: 256)
    for string in strings {
      if let first = string.bytes.first { begins[Int(first)] = true }
    }
    self.begins = begins
  }

  deinit {
    unsafe units.deallocate()
    unsafe values.deallocate()
  }

  /// Calls `body` with the length and value of every string that `byteCount` bytes begin with, the
  /// shortest first, until it says that this is enough.
  @inline(__always)
  func match(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, _ body: (Int, UInt64) -> Bool
  ) {
    var node: UInt64 = 0
    // SAFETY: bases and places stay in the blocks of 256 units that the builder has made.
    var base = unsafe units[0] & Self.fieldMask
    var length = 0
    while length < byteCount {
      let place = unsafe base ^ UInt64(bytes[length])
      let unit = unsafe units[Int(place)]
      if unit &>> Self.fieldBits & Self.fieldMask != node &+ 1 { return }
      node = place
      base = unit & Self.fieldMask
      length &+= 1
      if unit & Self.valueBit != 0, unsafe !body(length, values[Int(place)]) { return }
    }
  }

  /// The longest of the first `limit` strings that `byteCount` bytes begin with.
  @inline(__always)
  func longest(
    _ bytes: UnsafePointer<UInt8>, _ byteCount: Int, limit: Int = .max
  ) -> (byteCount: Int, value: UInt64)? {
    var found: (Int, UInt64)?
    var count = 0
    unsafe match(bytes, byteCount) { length, value in
      found = (length, value)
      count &+= 1
      return count < limit
    }
    return found
  }

  /// The value of a string; nil when it is not there.
  func value(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) -> UInt64? {
    var found: UInt64?
    unsafe match(bytes, byteCount) { length, value in
      if length == byteCount { found = value }
      return true
    }
    return found
  }
}
