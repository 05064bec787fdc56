@testable import Tokenization

/// The ids of one pre-token, by either way.
enum PieceIDs {
  static func of(_ bytes: [UInt8], by backtracker: Backtracker) -> [UInt32] {
    var ids = [UInt32](repeating: 0, count: bytes.count)
    // SAFETY: there is an id for a byte at the most.
    let count = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe ids.withUnsafeMutableBufferPointer { ids -> Int in
        guard let bytesBase = bytes.baseAddress, let base = ids.baseAddress else { return 0 }
        return unsafe backtracker.encode(bytesBase, bytes.count, into: base)
      }
    }
    return Array(ids.prefix(count))
  }

  static func of(_ bytes: [UInt8], by merger: PieceMerger) -> [UInt32] {
    var ids = GrowingBuffer<UInt32>(capacity: 16)
    defer { ids.deallocate() }
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      unsafe merger.merge(base, bytes.count, into: &ids)
    }
    // SAFETY: the buffer holds `count` ids.
    return unsafe Array(UnsafeBufferPointer(start: ids.base, count: ids.count))
  }
}
