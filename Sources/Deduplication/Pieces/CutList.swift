internal import ByteKernels

/// What to take out of the documents of one shard, and which of them to drop.
package final class CutList: Sendable {
  /// What becomes of one document.
  package enum Cuts: Equatable {
    case whole
    /// Ranges of the text to leave out, in order, apart from each other.
    case without([Range<Int>])
    case dropped
  }

  /// How far the list has been read.
  package struct Cursor {
    fileprivate var index = 0
    package init() {}
  }

  /// Rows of the shard, with and without cuts.
  package let documentCount: Int
  private let file: MappedFile
  private let offset: Int
  private let count: Int

  /// Reads and checks the list at `path`.
  package init(path: String) throws(DeduplicationError) {
    let file = try DeduplicationError.wrap { () throws(FileError) in try MappedFile(path: path) }
    let table = try SegmentTable(of: file, kind: .cuts, settingsDigest: nil)
    guard table.segments.count == 1, table.recordByteCount == SortRecord.byteCount else {
      throw .mismatched(path: path, what: "is no list of cuts")
    }
    let segment = table.segments[0]
    let isSound = file.withBytes { bytes in
      XXH64.hash(bytes.extracting(segment.offset..<(segment.offset + segment.byteCount)))
        == segment.checksum
    }
    guard isSound else { throw table.damage(0) }
    self.file = file
    documentCount = table.documentCount
    offset = segment.offset
    count = segment.byteCount / SortRecord.byteCount
  }

  /// The cuts of the document in `row`; rows are asked for in ascending order.
  package func cuts(row: Int, _ cursor: inout Cursor) -> Cuts {
    var index = cursor.index
    defer { cursor.index = index }
    let (offset, count) = (offset, count)
    guard index < count else { return .whole }
    return file.withBytes { bytes in
      let raw = bytes.raw
      var ranges: [Range<Int>] = []
      while index < count {
        let place = offset + index * SortRecord.byteCount
        let (high, low) = (raw.load64(place), raw.load64(place + 8))
        let wanted = Int(high >> 32)
        if wanted > row { break }
        index += 1
        if wanted < row { continue }
        if low >> 8 & 1 == 1 { return .dropped }
        let start = Int(high & 0xFFFF_FFFF)
        ranges.append(start..<(start + Int(low >> 32)))
      }
      return ranges.isEmpty ? .whole : .without(ranges)
    }
  }
}

extension [UInt8] {
  /// The text without what is cut; nil when the cuts do not fit it.
  package func without(_ cuts: [Range<Int>]) -> [UInt8]? {
    var left: [UInt8] = []
    left.reserveCapacity(count)
    var start = 0
    for cut in cuts {
      guard start <= cut.lowerBound, cut.upperBound <= count else { return nil }
      left += self[start..<cut.lowerBound]
      start = cut.upperBound
    }
    left += self[start...]
    return left
  }
}
