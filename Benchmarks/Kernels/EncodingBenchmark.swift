internal import ByteKernels
internal import Documents
internal import Tokenization

/// Texts in memory to ids, by one encoder: its first pass, or those after it.
enum EncodingBenchmark {
  private static let warmPassCount = 3

  /// CPU seconds of one pass, and how many ids came of it.
  static func run(_ path: String, tokenizer: String, isWarm: Bool) throws -> (Double, String) {
    let reader = RecordReader(path: path)
    var texts: [[UInt8]] = []
    while let event = reader.next() {
      if case .record(let record) = event { texts.append(record.payload) }
    }
    let encoder = try Tokenizer(contentsOf: tokenizer).makeEncoder()
    let (first, count) = pass(texts, encoder)
    var seconds = first
    if isWarm {
      let passes = (0..<warmPassCount).map { _ in pass(texts, encoder).seconds }
      seconds = passes.reduce(0, +) / Double(warmPassCount)
    }
    return (seconds, "\(count) tokens")
  }

  private static func pass(_ texts: [[UInt8]], _ encoder: Encoder) -> (seconds: Double, count: Int)
  {
    let start = ProcessUsage.current.cpuSeconds
    var (count, ids) = (0, [UInt32]())
    for text in texts {
      ids.removeAll(keepingCapacity: true)
      encoder.encode(text.span, into: &ids)
      count += ids.count
    }
    return (ProcessUsage.current.cpuSeconds - start, count)
  }
}
