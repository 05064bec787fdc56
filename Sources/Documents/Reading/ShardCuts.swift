internal import ByteKernels

/// Where a shard can be cut into slices that are read alone.
package struct ShardCuts: Sendable, Equatable {
  /// Offsets in the file as stored, ascending, neither its start nor its end.
  package private(set) var offsets: [Int] = []
  /// Why the file cannot be cut, or not further; nil when it was cut as asked.
  package private(set) var obstacle: String?

  /// As much of a file is searched in vain for a place before it counts as one piece.
  private static let searchByteCount = 256 << 20

  /// Finds the first place behind each multiple of `sliceByteCount`.
  ///
  /// A gzip member, a zstd frame or the like is a place when it decodes as far as it is verified,
  /// and, in WARC, begins with a record; between the lines of a plain file every byte is one.
  package init(
    path: String, byteCount: Int, sliceByteCount: Int, settings: ReadSettings = ReadSettings()
  ) {
    guard byteCount > sliceByteCount else { return }
    var head = ShardStream(path: path, settings: settings)
    guard let format = ShardFormat(&head), let unitName = head.unitName else { return }
    if let obstacle = format.obstacleToCuts {
      self.obstacle = obstacle
    } else if unitName == "file" {
      cutPlain(format, path: path, byteCount: byteCount, sliceByteCount: sliceByteCount)
    } else {
      let search = Search(
        path: path, byteCount: byteCount, settings: settings, format: format, unitName: unitName)
      cutUnits(search, sliceByteCount: sliceByteCount)
    }
  }

  private mutating func cutPlain(
    _ format: ShardFormat, path: String, byteCount: Int, sliceByteCount: Int
  ) {
    if format == .warc {
      obstacle = "a WARC file that is not compressed; compress it with one gzip member a record"
      return
    }
    offsets = Array(stride(from: sliceByteCount, to: byteCount, by: sliceByteCount))
  }

  private mutating func cutUnits(_ search: Search, sliceByteCount: Int) {
    var place = sliceByteCount
    var searchedByteCount = 0
    while place < search.byteCount {
      let end = min(search.byteCount, place + min(sliceByteCount, Self.searchByteCount))
      if let found = search.firstUnit(in: place..<end) {
        offsets.append(found)
        searchedByteCount = 0
        place = max(place + sliceByteCount, found + sliceByteCount / 2)
      } else {
        searchedByteCount += end - place
        place = end
        if searchedByteCount >= Self.searchByteCount { break }
      }
    }
    if offsets.isEmpty || searchedByteCount >= Self.searchByteCount {
      let wanted = search.format == .warc ? " that begins with a record" : ""
      obstacle =
        "no \(search.unitName)\(wanted) in the \(searchedByteCount) bytes "
        + "behind byte \(place - searchedByteCount)"
    }
  }
}

/// A search for units of a compressed file.
private struct Search {
  let path: String
  let byteCount: Int
  let settings: ReadSettings
  let format: ShardFormat
  let unitName: String

  /// The first unit that begins in a part of the file and can begin a slice.
  func firstUnit(in range: Range<Int>) -> Int? {
    var start = range.lowerBound
    while start < range.upperBound {
      var stream = ShardStream(
        path: path, settings: settings, slice: start..<range.upperBound, stopsAtSliceEnd: true,
        searching: true)
      guard stream.fill(), case let found = stream.place.unitOffset else { return nil }
      if format != .warc { return found }
      _ = stream.fill(toAtLeast: WARCHeader.versionLineByteCount)
      if WARCHeader.begins(stream.bytes, at: 0) { return found }
      start = found + 1
    }
    return nil
  }
}
