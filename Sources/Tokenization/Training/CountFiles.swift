package import ByteKernels

/// Count files as a whole: many made one.
package struct CountFiles {
  private let split: WordSplit
  private let memoryByteCount: Int
  private let scratchPrefix: String
  private var scratch: [String] = []

  /// More files than this are first merged by groups.
  private static let maximumFanIn = 256

  /// Adds up the counts of files of one split, weighted by their sources, and publishes one file.
  ///
  /// Its bytes depend on the sums alone. Files needed on the way have paths that begin with
  /// `scratchPrefix`; memory is for buffers.
  package static func merge(
    _ paths: [String], split: WordSplit, weights: SourceWeights, memoryByteCount: Int,
    scratchPrefix: String, to path: String
  ) throws -> OutputFile.Published {
    var files = CountFiles(
      split: split, memoryByteCount: memoryByteCount, scratchPrefix: scratchPrefix)
    defer { files.removeScratch() }
    var bySource: [String: [String]] = [:]
    for path in paths { bySource[try files.source(of: path), default: []].append(path) }
    // What holds for each worker holds for all, so that their number does not decide.
    guard bySource.count <= SourceCounter.maximumSourceCount else {
      throw SourceCounter.tooManySources(path)
    }
    let sources = bySource.keys.sorted()
    let groups = try sources.map { source in
      (source: source, files: try files.reduced(bySource[source] ?? [], source))
    }
    return try files.publish(groups, weights, to: path)
  }

  private init(split: WordSplit, memoryByteCount: Int, scratchPrefix: String) {
    self.split = split
    self.memoryByteCount = memoryByteCount
    self.scratchPrefix = scratchPrefix
  }

  private func source(of path: String) throws -> String {
    let header = try CountFileReader(path: path, bufferByteCount: 1 << 12).header
    try header.check(split: split, path)
    guard header.unit == 1 else {
      throw TokenizationError(
        path: path, message: "its counts are weighted already; give the counts they come from")
    }
    return header.source
  }

  /// No more files of a source than can be merged at once.
  private mutating func reduced(_ paths: [String], _ source: String) throws -> [String] {
    var rest = paths
    while rest.count > Self.maximumFanIn {
      let group = Array(rest.prefix(Self.maximumFanIn))
      let path = "\(scratchPrefix)-merged-\(scratch.count).counts"
      scratch.append(path)
      _ = try write(group, nil, CountHeader(split: split, source: source), to: path)
      rest = rest.dropFirst(Self.maximumFanIn) + [path]
    }
    return rest
  }

  private func publish(
    _ groups: [(source: String, files: [String])], _ weights: SourceWeights, to path: String
  ) throws -> OutputFile.Published {
    let paths = groups.flatMap(\.files)
    if weights.areEqual { return try write(paths, nil, CountHeader(split: split), to: path) }
    var byteCounts: [String: UInt64] = [:]
    for (source, files) in groups {
      for file in files {
        let (sum, overflow) = byteCounts[source, default: 0].addingReportingOverflow(
          try CountFileReader.extent(ofFile: file).textByteCount)
        byteCounts[source] = overflow ? .max : sum
      }
    }
    let bySource = weights.weights(byteCounts)
    return try write(
      paths, groups.flatMap { group in group.files.map { _ in bySource[group.source] ?? 1 } },
      CountHeader(split: split, unit: SourceWeights.unit), to: path)
  }

  private func write(
    _ paths: [String], _ weights: [UInt64]?, _ header: CountHeader, to path: String
  ) throws -> OutputFile.Published {
    let bufferByteCount = max(1 << 12, min(1 << 18, memoryByteCount / (paths.count + 1)))
    var merger = try CountFileMerger(
      paths.map { try CountFileReader(path: $0, bufferByteCount: bufferByteCount) },
      weights: weights)
    var writer = try CountFileWriter(path: path, header)
    try merger.forEach { word, count in try writer.append(word, count: count) }
    return try writer.publish()
  }

  private func removeScratch() {
    for path in scratch { FileSystem.removeFile(path) }
  }
}
