package import ByteKernels
internal import TextAnalysis

/// Counts the pre-tokens of documents, each source that has a weight of its own apart, within a
/// memory budget.
package final class SourceCounter {
  private let settings: TokenizerSettings
  private let weights: SourceWeights
  private let memoryByteCount: Int
  private let scratchPrefix: String
  private var counters: [String: WordCounter] = [:]
  /// Bytes the tables of all counters take.
  private var tableByteCount = 0

  /// More sources are refused: each has tables of its own.
  package static let maximumSourceCount = 1024

  package init(
    _ settings: TokenizerSettings, memoryByteCount: Int, scratchPrefix: String
  ) throws {
    self.settings = settings
    weights = try SourceWeights(settings)
    self.memoryByteCount = memoryByteCount
    self.scratchPrefix = scratchPrefix
  }

  /// True when a document belongs to the sample: a question of its id and the seed alone.
  package func takes(id: String) -> Bool {
    if settings.sampleShare >= 1 { return true }
    var bytes = Array(id.utf8)
    bytes.append(0)
    let hash = XXH64.hash(bytes.span, seed: UInt64(bitPattern: Int64(settings.sampleSeed)))
    return Double(hash >> 11) < settings.sampleShare * 0x1p53
  }

  /// Counts the pre-tokens of a valid UTF-8 text.
  package func add(_ text: Span<UInt8>, source: @autoclosure () -> String) throws {
    let counter = try counter(of: weights.areEqual ? "" : weights.name(of: source()))
    let before = counter.tableByteCount
    // A source that comes late gets its share of what the earlier ones have taken.
    if memoryByteCount - tableByteCount + before < memoryByteCount / counters.count {
      try releaseLargest(besides: counter)
    }
    counter.memoryByteCount = max(0, memoryByteCount - tableByteCount + before)
    try counter.add(text)
    tableByteCount += counter.tableByteCount - before
    if counters.count > 1, tableByteCount > memoryByteCount { try releaseLargest() }
  }

  private func counter(of source: String) throws -> WordCounter {
    if let known = counters[source] { return known }
    if counters.count == Self.maximumSourceCount {
      throw Self.tooManySources(source)
    }
    let counter = WordCounter(
      CountHeader(split: settings.split, source: source), memoryByteCount: memoryByteCount,
      scratchPrefix: "\(scratchPrefix)-\(counters.count)")
    counters[source] = counter
    tableByteCount += counter.tableByteCount
    return counter
  }

  static func tooManySources(_ path: String) -> TokenizationError {
    TokenizationError(
      path: path,
      message: "there are more than \(maximumSourceCount) sources; give weights to the "
        + "ones that matter instead of a sampling temperature, or another source-field")
  }

  private func releaseLargest(besides other: WordCounter? = nil) throws {
    let largest = counters.filter { $0.value !== other }.max { a, b in
      (a.value.tableByteCount, a.key) < (b.value.tableByteCount, b.key)
    }
    guard let counter = largest?.value else { return }
    tableByteCount -= counter.tableByteCount
    try counter.release()
    tableByteCount += counter.tableByteCount
  }

  /// Writes a count file for each source, in the order of their names: `prefix.counts`, then
  /// `prefix-1.counts` and on.
  package func publish(prefix: String) throws -> [OutputFile.Published] {
    if counters.isEmpty { _ = try counter(of: "") }
    let sources = counters.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    var published: [OutputFile.Published] = []
    for (place, source) in sources.enumerated() {
      guard let counter = counters.removeValue(forKey: source) else { continue }
      published.append(
        try counter.publish(path: place == 0 ? "\(prefix).counts" : "\(prefix)-\(place).counts"))
    }
    return published
  }
}
