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
    _ = head.fill()
    guard let unitName = head.unitName, let reader = FormatRecognition.reader(of: path, settings)
    else { return }
    if WideTranscoder.mark(of: head.bytes) != nil {
      obstacle = "a text in UTF-16 or UTF-32; convert it to UTF-8"
      return
    }
    let rule = reader.cutRule(settings)
    if case .never(let obstacle) = rule {
      self.obstacle = obstacle
    } else if rule == .rowGroups {
      cutRowGroups(path: path, isPlain: unitName == "file", sliceByteCount: sliceByteCount)
    } else if unitName == "file" {
      cutPlain(rule, byteCount: byteCount, sliceByteCount: sliceByteCount)
    } else {
      let search = Search(
        path: path, byteCount: byteCount, settings: settings, unitName: unitName,
        beginning: rule == .units ? reader : nil)
      cutUnits(search, sliceByteCount: sliceByteCount)
    }
  }

  private mutating func cutPlain(_ rule: CutRule, byteCount: Int, sliceByteCount: Int) {
    if rule == .units {
      obstacle = "the file is not compressed; compress it with one gzip member a record"
      return
    }
    offsets = Array(stride(from: sliceByteCount, to: byteCount, by: sliceByteCount))
  }

  private mutating func cutRowGroups(path: String, isPlain: Bool, sliceByteCount: Int) {
    guard isPlain else {
      obstacle = "a Parquet file inside another compression; unpack it, its pages are compressed"
      return
    }
    var place = sliceByteCount
    for offset in ParquetFileReader.rowGroupOffsets(path: path) where offset >= place {
      offsets.append(offset)
      place = max(offset + sliceByteCount / 2, (offset / sliceByteCount + 1) * sliceByteCount)
    }
    if offsets.isEmpty { obstacle = "one row group; write the data with smaller ones" }
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
      let wanted = search.beginning != nil ? " that begins with a record" : ""
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
  let unitName: String
  /// A unit must begin with an entry that this reads; nil lets all units be.
  let beginning: (any RecordSource.Type)?
  private static let headByteCount = 1 << 13

  /// The first unit that begins in a part of the file and can begin a slice.
  func firstUnit(in range: Range<Int>) -> Int? {
    var start = range.lowerBound
    while start < range.upperBound {
      var stream = ShardStream(
        path: path, settings: settings, slice: start..<range.upperBound, stopsAtSliceEnd: true,
        searching: true)
      guard stream.fill() else { return nil }
      let found = stream.place.unitOffset
      guard let beginning else { return found }
      _ = stream.fill(toAtLeast: Self.headByteCount)
      if beginning.beginsEntry(stream.bytes) { return found }
      start = found + 1
    }
    return nil
  }
}
