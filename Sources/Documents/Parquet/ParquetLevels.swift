internal import ByteKernels

/// Definition or repetition levels of a page that is being written, as runs of equal ones.
///
/// Source: Apache Parquet, Encodings.md, "RLE", with levels below 256.
struct ParquetLevels {
  private var runs: [(level: Int, count: Int)] = []

  mutating func append(_ level: Int, count: Int = 1) {
    if count == 0 { return }
    if runs.last?.level == level {
      runs[runs.count - 1].count += count
    } else {
      runs.append((level, count))
    }
  }

  mutating func removeAll() {
    runs.removeAll(keepingCapacity: true)
  }

  /// With their byte count in front.
  func write(to body: inout [UInt8]) {
    var bytes: [UInt8] = []
    for run in runs {
      var head = run.count << 1
      while head >= 0x80 {
        bytes.append(UInt8(head & 0x7F) | 0x80)
        head >>= 7
      }
      bytes.append(UInt8(head))
      bytes.append(UInt8(run.level))
    }
    body.append(littleEndian: UInt32(bytes.count))
    body += bytes
  }
}
