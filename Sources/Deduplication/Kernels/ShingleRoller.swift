internal import CKernels

/// Goes from the hashes of a text's units to those of its shingles, some units at a time.
///
/// A shingle is the polynomial of its units' hashes (mod 2^64), mixed.
@safe final class ShingleRoller {
  private let size: Int
  private let capacity: Int
  /// The last `size` hashes of the units before (zeros at the start), then the new ones.
  private let units: UnsafeMutablePointer<UInt64>
  private let shingles: UnsafeMutablePointer<UInt64>
  private var unitCount = 0
  private var polynomial: UInt64 = 0

  /// Takes at most `capacity` units at a time.
  init(size: Int, capacity: Int) {
    self.size = size
    self.capacity = capacity
    unsafe units = .allocate(capacity: size + capacity)
    unsafe units.initialize(repeating: 0, count: size + capacity)
    unsafe shingles = .allocate(capacity: capacity)
    unsafe shingles.initialize(repeating: 0, count: capacity)
  }

  deinit {
    unsafe units.deallocate()
    unsafe shingles.deallocate()
  }

  /// Forgets the text before.
  func start() {
    (unitCount, polynomial) = (0, 0)
    // SAFETY: there are `size` and more.
    for index in 0..<size { unsafe units[index] = 0 }
  }

  /// Where the hashes of the next `capacity` units go.
  var room: UnsafeMutablePointer<UInt64> { unsafe units + size }

  /// Gives `take` the shingles that end in the `count` units now in `room`, if there are any.
  func roll(_ count: Int, _ take: (Span<UInt64>) -> Void) {
    precondition(count <= capacity)
    guard count > 0 else { return }
    // SAFETY: `units` holds `size` old hashes and `count` new ones, and there is room for as many
    // shingles; `update` allows ranges to overlap; the span is not used after the call.
    unsafe ck_hash_shingles(units, count, size, &polynomial, shingles)
    unsafe units.update(from: units + count, count: size)
    let skipped = max(0, min(count, size - 1 - unitCount))
    unitCount += count
    if count > skipped {
      unsafe take(Span(_unsafeStart: shingles + skipped, count: count - skipped))
    }
  }
}
