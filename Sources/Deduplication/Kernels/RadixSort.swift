/// Sorts records by their leading bits in three passes, then mends what is left.
///
/// Made for band keys (hashes, so that 33 leading bits set nearly all apart) and for document
/// numbers. Any input is sorted rightly; equal leading bits in long disorder cost a comparison sort.
@safe enum RadixSort {
  private static let digitBits: UInt64 = 11
  private static let digitCount = 1 << 11

  /// Sorts ascending; `scratch` is brought to the same size.
  static func sort(_ records: inout [SortRecord], scratch: inout [SortRecord]) {
    guard records.count > 256 else {
      records.sort()
      return
    }
    let first = records[0]
    var varying: UInt64 = 0
    for record in records { varying |= record.high ^ first.high }
    let highest = UInt64(64 - varying.leadingZeroBitCount)
    let shift = highest > 3 * digitBits ? highest - 3 * digitBits : 0
    if scratch.count > records.count { scratch.removeLast(scratch.count - records.count) }
    while scratch.count < records.count { scratch.append(first) }
    for pass in 0..<(3 as UInt64) {
      scatter(from: records, to: &scratch) { $0.high &>> (shift &+ pass &* digitBits) }
      swap(&records, &scratch)
    }
    mend(&records, shift: shift)
  }

  /// Sorts hashes of 32 bits ascending, all of them in three passes.
  static func sort(_ hashes: inout [UInt32]) {
    guard hashes.count > 256 else {
      hashes.sort()
      return
    }
    var scratch = hashes
    for pass in 0..<(3 as UInt64) {
      scatter(from: hashes, to: &scratch) { UInt64($0) &>> (pass &* digitBits) }
      swap(&hashes, &scratch)
    }
  }

  /// One stable pass over an eleven-bit digit: the low bits of what `key` gives.
  @inline(__always)
  private static func scatter<Element>(
    from source: [Element], to target: inout [Element], by key: (Element) -> UInt64
  ) {
    let mask = UInt64(digitCount - 1)
    unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: digitCount) { places in
      unsafe places.initialize(repeating: 0)
      unsafe source.withUnsafeBufferPointer { source in
        // SAFETY: digits are below `digitCount`; the places count `source` up, and `target` is as long.
        for index in 0..<source.count {
          unsafe places[Int(key(source[index]) & mask)] &+= 1
        }
        var sum = 0
        for digit in 0..<digitCount {
          let count = unsafe places[digit]
          unsafe places[digit] = sum
          sum &+= count
        }
        unsafe target.withUnsafeMutableBufferPointer { target in
          for index in 0..<source.count {
            let record = unsafe source[index]
            let digit = Int(key(record) & mask)
            unsafe target[places[digit]] = record
            unsafe places[digit] &+= 1
          }
        }
      }
    }
  }

  /// Puts records with equal leading bits in order.
  private static func mend(_ records: inout [SortRecord], shift: UInt64) {
    var start = 0
    while start < records.count {
      var end = start + 1
      var isSorted = true
      while end < records.count, records[end].high &>> shift == records[start].high &>> shift {
        if records[end] < records[end - 1] { isSorted = false }
        end += 1
      }
      if !isSorted {
        if end - start > 16 {
          records[start..<end].sort()
        } else {
          insert(&records, start, end)
        }
      }
      start = end
    }
  }

  private static func insert(_ records: inout [SortRecord], _ start: Int, _ end: Int) {
    for index in (start + 1)..<end {
      let record = records[index]
      var place = index
      while place > start, record < records[place - 1] {
        records[place] = records[place - 1]
        place -= 1
      }
      records[place] = record
    }
  }
}
