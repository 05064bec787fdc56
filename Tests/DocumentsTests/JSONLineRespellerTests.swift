import ByteKernels
import TestSupport
import Testing

@testable import Documents

struct JSONLineRespellerTests {
  static let lines = [
    #"{"id":"a","text":"b\n\u00e9","metadata":{"x":[1,-2.5e+3,true,null],"y":{}},"n":0}"#,
    #" { "text" : "slash \/ quote \u0022 \"" , "source" : "s\t", "id" : 12 , "metadata" : { } } "#,
    #"{"id":"","text":"","added":"2026-01-01","created":null,"url":"http:\/\/a","k":[{}]}"#,
    #"{"text":"one","text":"two","id":"x","id":[1],"metadata":{"a":1},"metadata":null}"#,
    #"{"text":"surrogates \ud83d\ude00 \ud83d","id":"\u0041","te\u0078t":"last"}"#,
    #"{"created":"c","text":"é 漢字 \u6f22\u000b","metadata":{ "url":"u" },"source":null}"#,
    #"{"text":null}"#, #"{"text":1}"#, "[1]", "", "  ", #"{"text":"no end"#,
    #"{"text":"NaN","v":NaN,"id":-1.5e3}"#, "{\"a\tb\":1,\"text\":\"t\"}",
  ]

  @Test(arguments: ["lines.jsonl", "lines\"\u{1}.jsonl"])
  func `lines come out as those of the documents, changed lines too`(name: String) throws {
    let folder = try ScratchFolder()
    let path = try folder.write("input.jsonl", Self.text(lineCount: 3000))
    let (slow, slowTally) = Self.documents(path, name, isRespelled: false)
    let (fast, fastTally) = Self.documents(path, name, isRespelled: true)
    #expect(fast == slow)
    #expect(fastTally.events == slowTally.events)
    #expect(fastTally.textByteCount == slowTally.textByteCount)
    #expect(fastTally.byteCount == slowTally.byteCount)
    #expect(fastTally.respelledCount > 600)
  }

  private struct Totals {
    var events: [String: Int] = [:]
    var (byteCount, textByteCount, respelledCount) = (0, 0, 0)
  }

  /// All documents as lines, and what was counted on the way.
  private static func documents(
    _ path: String, _ name: String, isRespelled: Bool
  ) -> ([UInt8], Totals) {
    let reader = RecordReader(path: path, name: name)
    var json: [UInt8] = []
    var totals = Totals()
    while true {
      var lines = ByteBuffer(capacity: 64)
      var part = isRespelled ? reader.respell(into: &lines, byteCount: 3000) : .init()
      while part.documentCount > 0 {
        json.append(copying: lines.bytes)
        lines.consume(lines.count)
        totals.events["record", default: 0] += part.documentCount
        totals.respelledCount += part.documentCount
        totals.byteCount += part.byteCount
        totals.textByteCount += part.textByteCount
        part = reader.respell(into: &lines, byteCount: 3000)
      }
      guard let event = reader.next() else { return (json, totals) }
      totals.byteCount += event.byteCount
      guard case .record(let record) = event else {
        totals.events["other", default: 0] += 1
        continue
      }
      totals.events["record", default: 0] += 1
      totals.textByteCount += record.payload.count
      let document = Document(
        id: record.id, text: record.payload, source: record.source, added: record.added,
        created: record.created, metadata: record.metadata)
      document.appendJSON(to: &json)
      json.append(UInt8(ascii: "\n"))
    }
  }

  private static func text(lineCount: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: 405)
    let bytes = Array("{}[]\",:\\u0eE+-.truefalsn \r\t\u{FF}".utf8)
    var text: [UInt8] = []
    for round in 0..<lineCount {
      var line = Array(Self.lines[round % Self.lines.count].utf8)
      for _ in 0..<(round / 16 % 3) where !line.isEmpty {
        let position = Int.random(in: 0..<line.count, using: &generator)
        let byte = bytes.randomElement(using: &generator) ?? 0
        switch UInt8.random(in: 0..<3, using: &generator) {
        case 0: line[position] = byte
        case 1: line.insert(byte, at: position)
        default: line.remove(at: position)
        }
      }
      text += line + [UInt8(ascii: "\n")]
    }
    return text
  }
}
