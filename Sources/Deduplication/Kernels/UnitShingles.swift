internal import CKernels

/// Turns text into the hashes of its shingles, whatever they are made of.
///
/// Holds one rewritten copy of the text.
@safe final class UnitShingles: ShingleSource {
  private static let blockCount = 1 << 11

  private let cutter: UnitCutter
  private let roller: ShingleRoller

  init(_ cutter: UnitCutter, shingleSize: Int) {
    self.cutter = cutter
    roller = ShingleRoller(size: shingleSize, capacity: Self.blockCount)
  }

  func hash(_ text: Span<UInt8>, _ take: (Span<UInt64>) -> Void) {
    let units = cutter.cut(text)
    roller.start()
    var found = 0
    var start = 0
    // SAFETY: units lie in the text, and `found` stays below the roller's room.
    unsafe units.bytes.withUnsafeBufferPointer { bytes in
      guard let bytes = bytes.baseAddress else { return }
      for _ in 0..<units.count {
        let end = units.end(of: start)
        unsafe roller.room[found] = ck_hash_word(bytes + start, end - start)
        found += 1
        start = units.start(after: end)
        if found == Self.blockCount {
          roller.roll(found, take)
          found = 0
        }
      }
    }
    roller.roll(found, take)
  }
}
