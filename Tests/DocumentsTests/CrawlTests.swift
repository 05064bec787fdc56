import ByteKernels
import Documents
import FoundationEssentials
import TestSupport
import Testing

/// Real crawl files against what warcio and FastWARC read from them.
struct CrawlTests {
  struct Expected: Decodable {
    struct Reading: Decodable {
      var records: [String: Int]
      var error: String?
    }
    var path: String
    var warcio: Reading
    var fastwarc: Reading

    /// The reading without an error, warcio's before FastWARC's.
    var reading: [String: Int]? {
      if warcio.error == nil { return warcio.records }
      return fastwarc.error == nil ? fastwarc.records : nil
    }
  }

  /// Files whose counts differ, and why.
  static let explained: [(part: String, reason: String)] = [
    ("bad.arc", "lengths that are no numbers; warcio returns empty records"),
    ("example-space-in-url.arc", "the length is wrong; warcio returns the cut body"),
    ("jhove/invalid/", "made to be invalid; peers return records without or with wrong lengths"),
    ("toimik/Invalid/", "made to be invalid"),
    ("toimik/Valid/", "line ends were changed, so blocks are shorter than their length says"),
    ("valid-warcfile-fields-", "folded field values, which warcio returns with their tab"),
    ("valid-warcfile-utf8", "folded field values, which warcio returns with their tab"),
    ("cut-mid-member", "warcio returns the record that is cut off"),
    ("bitflip", "warcio stops at the flipped bit; here its member is lost alone"),
    ("clipped", "the only record is cut off; peers return its half"),
    ("missing-status-text", "line ends were changed; the block is shorter than its length says"),
    ("example-bad-length", "the length is two short; warcio returns the cut body"),
    ("example-trunc", "the length is wrong; warcio returns the cut body"),
    ("pywb/example.warc", "the length of a request is wrong; warcio counts it all the same"),
  ]

  static func load() throws -> [Expected] {
    guard let path = SharedData.path("crawl/expected.jsonl") else { return [] }
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    return try lines.map { try JSONDecoder().decode(Expected.self, from: Data($0.utf8)) }
  }

  @Test func `the counts are those of warcio and FastWARC, or the difference is explained`() throws
  {
    var (equalCount, explainedCount) = (0, 0)
    var usedParts: Set<String> = []
    for expected in try Self.load() {
      guard let root = SharedData.root,
        FileManager.default.fileExists(atPath: "\(root)/\(expected.path)")
      else { continue }
      let summary = ReadSummary(path: "\(root)/\(expected.path)")
      if let reading = expected.reading, Self.normalized(reading) == Self.counts(summary) {
        equalCount += 1
        continue
      }
      explainedCount += 1
      // Where both peers stop with an error, whatever is read is more.
      if expected.reading == nil, !summary.records.isEmpty { continue }
      let part = Self.explained.first { expected.path.contains($0.part) }?.part
      #expect(
        part != nil, "\(expected.path): \(Self.counts(summary)), not \(expected.reading ?? [:])")
      usedParts.insert(part ?? "")
    }
    #expect(equalCount == 0 || usedParts.count == Self.explained.count)
    print("crawl files with equal counts: \(equalCount), with explained ones: \(explainedCount)")
  }

  /// Files with payloads that are not warcio's, and why.
  static let explainedPayloads: [(part: String, reason: String)] = [
    ("iana-bitflip", "warcio stops at the flipped bit; here its member is lost alone"),
    ("gowarc/warcs/", "warcio stops at members that hold more than one record"),
    ("invalid-warcrecord-3", "warcio stops at a header cut off from its version line"),
    ("incorrect_content_length", "warcio stops at a wrong length; here the last record is read"),
    ("example-wrong-chunks", "chunked in the header alone; warcio returns nothing, here the page"),
    ("link-extraction-test", "warcio stops at a wrong length; here its record is lost alone"),
  ]

  @Test func `the payloads are those of warcio, or the difference is explained`() throws {
    guard let root = SharedData.root else { return }
    var (equalCount, usedParts) = (0, Set<String>())
    for line in CrawlPayloads.table.split(separator: "\n") {
      var fields = line.split(separator: " ")
      let path = String(fields.removeFirst())
      guard FileManager.default.fileExists(atPath: "\(root)/\(path)") else { continue }
      // Of records that hold no text there is no payload, so ours are some of warcio's, in order.
      var rest = fields[...]
      var strangers: [String] = []
      for record in ReadSummary(path: "\(root)/\(path)").records {
        var hash = XXH64()
        hash.update(record.payload.span.raw)
        let digits = String(hash.digest(), radix: 16)
        let digest = (String(repeating: "0", count: 16 - digits.count) + digits).prefix(8)
        if let found = rest.firstIndex(of: digest) {
          rest = rest[(found + 1)...]
          equalCount += 1
        } else {
          strangers.append("\(record.id) at \(record.place), \(record.payload.count) bytes")
        }
      }
      if strangers.isEmpty { continue }
      let part = Self.explainedPayloads.first { path.contains($0.part) }?.part
      #expect(part != nil, "\(path): \(strangers)")
      usedParts.insert(part ?? "")
    }
    #expect(equalCount == 0 || usedParts.count == Self.explainedPayloads.count)
    print("payloads of crawl files equal to warcio's: \(equalCount)")
  }

  @Test(arguments: [
    // The member with the flipped bit holds a PDF, so all twenty pages are left.
    ("iana-bitflip.warc.gz", 20, "corrupt"),
    ("iana-cut-mid-member.warc.gz", 3, "truncated"),
    ("iana-trailing-junk.warc.gz", 20, "trailing-junk"),
    ("iana-lf-only-headers.warc", 20, ""),
    ("iana-one-member.warc.gz", 20, ""),
    ("iana-one-frame.warc.zst", 20, ""),
    ("bench-pages.warc.wet.gz", 1592, ""),
    ("charset-pages.warc.gz", 844, ""),
  ])
  func `derived files give what was left whole`(
    name: String, recordCount: Int, code: String
  ) throws {
    guard let path = SharedData.path("crawl/derived/\(name)") else { return }
    let summary = ReadSummary(path: path)
    #expect(summary.records.count == recordCount)
    #expect(summary.errors.map(\.code) == (code.isEmpty ? [] : [code]))
  }

  @Test func `ClueWeb09, on which the peers stop, is read whole`() throws {
    let name = "crawl/behemoth/io/src/test/resources/ClueWeb09_English_Sample.warc"
    guard let path = SharedData.path(name) else { return }
    let summary = ReadSummary(path: path)
    #expect(summary.records.count == 100)
    #expect(summary.counts == ["warc-warcinfo": 1])
  }

  @Test func `a frame with a window of 128 MiB is read`() throws {
    guard let path = SharedData.path("html/trafilatura_eval.warc.zst") else { return }
    let summary = ReadSummary(path: path)
    #expect(summary.records.count == 400)
    #expect(summary.errors.isEmpty)
  }

  /// Requests and the like by type; all that may hold a document as one number.
  private static func normalized(_ reading: [String: Int]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for (type, count) in reading {
      let isContent = ["response", "resource", "conversion"].contains(type.lowercased())
      let isKnown = ["warcinfo", "request", "metadata", "revisit", "continuation"].contains(type)
      let kind =
        isKnown ? "warc-\(type)" : type == "arc_header" ? "warc-warcinfo" : "warc-other-type"
      counts[isContent ? "content" : kind, default: 0] += count
    }
    return counts
  }

  private static func counts(_ summary: ReadSummary) -> [String: Int] {
    var counts: [String: Int] = [:]
    if !summary.records.isEmpty { counts["content"] = summary.records.count }
    let bodies = ["bad-http-header", "bad-chunk", "content-encoding", "too-long"]
    for (kind, count) in summary.counts where kind != "empty-file" && kind != "blank-line" {
      let isContent =
        kind.hasPrefix("media-type") || kind == "warc-dns" || bodies.contains { kind.contains($0) }
      let isDamage = kind.hasPrefix("damaged")
      counts[isContent ? "content" : kind, default: 0] += isDamage ? 0 : count
      if isDamage { counts[kind] = nil }
    }
    return counts
  }
}
