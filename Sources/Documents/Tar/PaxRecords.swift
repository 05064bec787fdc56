internal import ByteKernels

/// What extended headers say of the member behind them.
struct PaxRecords {
  var path: [UInt8]?
  var byteCount: Int?
  /// True for a file with holes, in any of GNU's three ways to write one.
  var isSparse = false

  /// Takes in `length key=value` records; false when they are not well formed.
  mutating func add(_ data: Span<UInt8>) -> Bool {
    var start = 0
    while start < data.count, data[start] != 0 {
      guard let space = data.firstOffset(of: 0x20, from: start),
        let length = Int(String(repairing: data.extracting(start..<space))),
        length > space - start + 1, length <= data.count - start,
        data[start + length - 1] == 0x0A
      else { return false }
      let record = data.extracting((space + 1)..<(start + length - 1))
      guard let sign = record.firstOffset(of: UInt8(ascii: "=")) else { return false }
      let key = String(repairing: record.extracting(0..<sign))
      let value = record.extracting((sign + 1)...)
      switch key {
      case "path": path = [UInt8](copying: value)
      case "size": byteCount = Int(String(repairing: value)).map { $0 < 0 ? -1 : $0 } ?? -1
      default: if key.hasPrefix("GNU.sparse.") { isSparse = true }
      }
      start += length
    }
    return true
  }
}
