internal import ByteKernels
internal import Deduplication
internal import Documents
internal import QualityModel
internal import TextAnalysis

/// Measures single kernels on a file, and says what a pass over it took.
///
///     kernel-benchmarks records FILE      all records with their payloads, of any format
///     kernel-benchmarks charset FILE      names the charset of each record's payload
///     kernel-benchmarks utf8 FILE         UTF-8 validation
///     kernel-benchmarks normalize FILE    NFC and white space of text, in pieces
///     kernel-benchmarks score FILE MODEL  the score of each record's payload by a quality model
///     kernel-benchmarks encode FILE TOKENIZER cold|warm  each record's payload to ids, by a new encoder
///                                         or one that has seen them
///     kernel-benchmarks sign FILE [NAME=VALUE ...]  from each record's payload to its signature, by
///                                         the settings of deduplication
///
/// Prints one JSON object as the peers' scripts do: CPU seconds of one pass, and what came of it.
@main
struct KernelBenchmarks {
  /// Texts are looked at in pieces of about so many bytes, which caches hold, as documents are.
  private static let pieceByteCount = 1 << 16
  private static let passCount = 20

  static func main() throws {
    guard CommandLine.arguments.count >= 3 else { throw Misuse.arguments }
    let path = CommandLine.arguments[2]
    switch CommandLine.arguments[1] {
    case "records": records(path)
    case "charset": charsets(path)
    case "utf8":
      try pieces(of: path) { pieces in
        pieces.count {
          let bytes = $0.bytes
          return UTF8Validator.isValid(bytes.span)
        }
      }
    case "encode":
      guard CommandLine.arguments.count == 5 else { throw Misuse.arguments }
      let (seconds, result) = try EncodingBenchmark.run(
        path, tokenizer: CommandLine.arguments[3], isWarm: CommandLine.arguments[4] == "warm")
      report(seconds, result)
    case "sign": try signatures(path, Array(CommandLine.arguments.dropFirst(3)))
    case "score": try scores(path, model: CommandLine.arguments.last ?? "")
    case "normalize":
      let step = Normalize(Normalize.Settings())
      try pieces(of: path) { pieces in
        pieces.count { if case .unchanged = step.modify($0) { true } else { false } }
      }
    default: throw Misuse.kernel
    }
  }

  private enum Misuse: Error { case arguments, kernel, setting }

  private static func records(_ path: String) {
    let start = ProcessUsage.current.cpuSeconds
    let reader = RecordReader(path: path)
    var (recordCount, byteCount) = (0, 0)
    while let event = reader.next() {
      guard case .record(let record) = event else { continue }
      recordCount += 1
      byteCount += record.payload.count
    }
    report(ProcessUsage.current.cpuSeconds - start, "\(recordCount) documents, \(byteCount) bytes")
  }

  private static func charsets(_ path: String) {
    let payloads = payloads(of: path)
    let start = ProcessUsage.current.cpuSeconds
    var namedCount = 0
    for payload in payloads where CharsetDetector.charsetName(of: payload.span) != nil {
      namedCount += 1
    }
    report(ProcessUsage.current.cpuSeconds - start, "\(namedCount) of \(payloads.count) payloads")
  }

  private static func scores(_ path: String, model: String) throws {
    let payloads = payloads(of: path)
    let scorer = try QualityModel(path: model).makeScorer()
    let start = ProcessUsage.current.cpuSeconds
    var sum = 0.0
    for payload in payloads { sum += scorer.score(payload.span) }
    let byteCount = payloads.reduce(0) { $0 + $1.count }
    report(
      ProcessUsage.current.cpuSeconds - start,
      "\(payloads.count) texts, \(byteCount) bytes, mean score \(sum / Double(payloads.count))")
  }

  /// The quickest of `passCount` passes over all texts.
  private static func signatures(_ path: String, _ values: [String]) throws {
    var settings = DeduplicationSettings()
    for text in values {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2,
        let setting = DeduplicationSettings.settings.first(where: { $0.name == parts[0] })
      else { throw Misuse.setting }
      let value = Int(parts[1]).map(SettingValue.integer) ?? .string(parts[1])
      guard setting.set(&settings, value) else { throw Misuse.setting }
    }
    try settings.validate()
    let payloads = payloads(of: path)
    let byteCount = payloads.reduce(0) { $0 + $1.count }
    let signer = try Signer(settings, seed: 0)
    var (least, sum) = (Double.infinity, UInt32(0))
    for _ in 0..<passCount {
      let start = ProcessUsage.current.cpuSeconds
      for payload in payloads { sum &+= signer.sign(payload.span).minHashes.first ?? 0 }
      least = min(least, ProcessUsage.current.cpuSeconds - start)
    }
    let rate = Int(Double(byteCount) / least / 1e6)
    report(least, "\(payloads.count) texts, \(byteCount) bytes, \(rate) MB/s, sum \(sum)")
  }

  private static func payloads(of path: String) -> [[UInt8]] {
    let reader = RecordReader(path: path)
    var payloads: [[UInt8]] = []
    while let event = reader.next() {
      if case .record(let record) = event { payloads.append(record.payload) }
    }
    return payloads
  }

  /// Cuts a text between characters that are no white space, and measures passes over all pieces, each piece several times
  /// in a row; the kernel counts the pieces that are as they should be.
  private static func pieces(of path: String, _ kernel: ([AnalyzedText]) -> Int) throws {
    let file = try InputFile(path: path)
    var text: [UInt8] = []
    while try file.read(into: &text, limit: 1 << 20) > 0 {}
    var pieces: [AnalyzedText] = []
    var start = 0
    while start < text.count {
      var end = min(start + pieceByteCount, text.count)
      while end < text.count, text[end] & 0xC0 == 0x80 || text[end] <= 0x20 || text[end - 1] <= 0x20
      {
        end += 1
      }
      if end == text.count { text.removeLast(text.last == UInt8(ascii: "\n") ? 1 : 0) }
      end = min(end, text.count)
      pieces.append(AnalyzedText(Array(text[start..<end])))
      start = end
    }
    var goodCount = 0
    let before = ProcessUsage.current.cpuSeconds
    for piece in pieces {
      let repeated = Array(repeating: piece, count: passCount)
      goodCount += kernel(repeated)
    }
    let seconds = ProcessUsage.current.cpuSeconds - before
    let passes = Double(passCount)
    report(seconds / passes, "\(goodCount / passCount) of \(pieces.count) pieces")
  }

  private static func report(_ cpuSeconds: Double, _ result: String) {
    print(#"{"cpu_seconds": \#(cpuSeconds), "result": "\#(result)"}"#)
  }
}
