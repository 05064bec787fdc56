import Documents
import FoundationEssentials
import TestSupport
import Testing

struct DelimitedReaderTests {
  private struct Gold: Decodable {
    let delimiter: String
    let input: String
    let rows: [[String]]
    let unclosed: Bool
  }

  private func settings(_ format: String = "csv") throws -> ReadSettings {
    var settings = ReadSettings()
    settings.format = try #require(ShardFormat(rawValue: format))
    return settings
  }

  @Test func `rows are cut where Python's csv module cuts them`() throws {
    let folder = try ScratchFolder()
    for line in DelimitedGold.lines.split(separator: "\n") {
      let gold = try JSONDecoder().decode(Gold.self, from: Data(line.utf8))
      var settings = try settings(gold.delimiter == "," ? "csv" : "tsv")
      settings.textField = "t"
      let head = "t\(gold.delimiter)b\n"
      let summary = try ReadSummary.inPieces(Array((head + gold.input).utf8), settings, in: folder)
      var expected = [["column-names"]]
      for row in gold.rows {
        switch row.count {
        case 0: expected.append(["blank-line"])
        case 1: expected.append(["too-few-cells"])
        case 2: expected.append(row)
        default: expected.append(["too-many-cells"])
        }
      }
      let found = summary.events.map(Self.cells)
      #expect(Array(found.prefix(expected.count)) == expected, "\(line)")
      #expect((found.count > expected.count) == gold.unclosed, "\(line)")
      if gold.unclosed, found.count > expected.count {
        #expect(found[expected.count] == ["unclosed-quote"], "\(line)")
      }
    }
  }

  private static func cells(_ event: ReadEvent) -> [String] {
    switch event {
    case .skipped(let kind, _): return [kind]
    case .malformed(let malformed): return [malformed.cause]
    case .damaged(let error, _): return [error.code]
    case .record(let record):
      struct Members: Decodable { let b: String }
      let json = [UInt8(ascii: "{")] + record.metadata.members + [UInt8(ascii: "}")]
      let members = try? JSONDecoder().decode(Members.self, from: Data(json))
      return [String(decoding: record.payload, as: UTF8.self), members?.b ?? "no member b"]
    }
  }

  @Test func `columns have the names that members of JSON lines have`() throws {
    let text =
      "\u{FEFF}\"id\",text,lang,url,source,created,added,n\r\n"
      + "a1,\"two\r\nlines, \"\"quoted\"\"\",de,http://u,web,2024-01-02,,01\r\n,second,,,,,,\r\n"
    let folder = try ScratchFolder()
    let path = try folder.write("table.CSV", Array(text.utf8))
    let summary = ReadSummary(path: path)
    #expect(summary.texts == ["two\r\nlines, \"quoted\"", "second"])
    #expect(summary.counts == ["column-names": 1])
    let first = try #require(summary.records.first)
    #expect((first.id, first.source, first.url) == ("a1", "web", "http://u"))
    #expect((first.created, first.added) == ("2024-01-02", nil))
    #expect(first.mediaType == "text/plain")
    #expect(
      String(decoding: first.metadata.members, as: UTF8.self)
        == #""lang":"de","url":"http://u","n":"01""#)
    let second = try #require(summary.records.last)
    #expect((second.id, second.source) == ("table.CSV#\(second.place)", "table.CSV"))
    #expect(second.url == nil)
  }

  @Test func `a shard without a column for the text is refused, and says what columns there are`()
    throws
  {
    let summary = try ReadSummary("title;body\na;b\n", settings())
    #expect(summary.errors.map(\.code) == ["no-text-column"])
    #expect(summary.errors[0].message.contains("title;body"))
    var other = try settings()
    other.cellDelimiter = UInt8(ascii: ";")
    other.textField = "body"
    #expect(try ReadSummary("title;body\na;b\n", other).texts == ["b"])
  }

  @Test func `of many and long names of columns a message tells the first`() throws {
    let long = String(repeating: "e\u{301}", count: 5000)
    let names = ["first", long] + (0..<5000).map { "n\($0)" }
    let summary = try ReadSummary(names.joined(separator: ",") + "\n", settings())
    let message = try #require(summary.errors.first?.message)
    let cut = String(repeating: "e\u{301}", count: 50)
    #expect(message.contains("\"first\", \"\(cut)...\", \"n0\""))
    #expect(message.contains("\"n17\" and 4982 more; name"))
    #expect(message.utf8.count < 1000)
  }

  @Test func `what is not UTF-8 in other columns than the text is counted`() throws {
    let table = "id,text,n\n~1,~,a~\u{FFFD}~\n2,~,c\n"
    let bytes = table.utf8.map { $0 == UInt8(ascii: "~") ? 0xFF : $0 }
    let summary = try ReadSummary(bytes, settings())
    #expect(summary.records.map(\.replacedSequenceCount) == [3, 0])
    // Repaired, it might be another row's too.
    #expect(summary.records.first?.id == "shard#10")
  }

  @Test func `without names the columns are numbered`() throws {
    var settings = try settings("tsv")
    settings.hasColumnNames = false
    (settings.idField, settings.textField) = ("1", "2")
    let summary = try ReadSummary("a\tone\tx\nb\ttwo\ty\n", settings)
    #expect(summary.texts == ["one", "two"])
    #expect(summary.records.map(\.id) == ["a", "b"])
    #expect(
      summary.records.map(\.metadata).map { String(decoding: $0.members, as: UTF8.self) } == [
        #""3":"x""#, #""3":"y""#,
      ])
  }

  @Test func `a quote that is never closed costs its line alone`() throws {
    let text = "id,text\n1,one\n2,\"two\n3,three\n4,four\n"
    let summary = try ReadSummary.inPieces(Array(text.utf8), settings())
    #expect(summary.texts == ["one", "three", "four"])
    #expect(summary.counts == ["column-names": 1, "malformed unclosed-quote": 1])
    #expect(summary.malformed.first?.byteCount == "2,\"two\n".utf8.count)
  }

  @Test func `a row above the maximum is counted and costs nothing else`() throws {
    var settings = try settings()
    settings.maximumRecordByteCount = 40
    let long = String(repeating: "x", count: 100)
    let text = "id,text\n1,one\n2,\(long)\n3,three\n4,\"a\n\(long)\"\n5,five\n"
    let summary = try ReadSummary.inPieces(Array(text.utf8), settings)
    #expect(summary.texts.filter { $0.count < 10 } == ["one", "three", "five"])
    #expect(summary.counts["malformed too-long"] ?? 0 >= 1)
    #expect(summary.counts["malformed unclosed-quote"] == 1)
  }

  @Test func `rows that are too long do not keep cells from holding line ends`() throws {
    var settings = try settings()
    settings.maximumRecordByteCount = 40
    let long = String(repeating: String(repeating: "x", count: 100) + "\n", count: 30)
    let summary = try ReadSummary.inPieces(Array("id,text\n\(long)1,\"a\nb\"\n".utf8), settings)
    #expect(summary.texts == ["a\nb"])
    #expect(summary.counts == ["column-names": 1, "malformed too-long": 30])
  }

  @Test func `quotes that are never closed do not take quadratic time`() throws {
    var settings = try settings()
    settings.maximumRecordByteCount = 1 << 20
    let lines = String(repeating: "x\",\"\n", count: 400_000)
    let summary = try ReadSummary(Array("a,text\n\(lines)".utf8), settings)
    #expect(summary.events.count > 300_000)
  }

  @Test(arguments: [Packing.gzip, .zstd])
  func `damage costs the rows it touches, and all rows when it takes the names`(
    packing: Packing
  ) throws {
    let parts = ["id,text\n1,one\n2,t", "wo\n3,thr", "ee\n4,four\n"]
    let folder = try ScratchFolder()
    for (victim, texts) in [(1, ["one", "four"]), (0, [])] {
      var units = parts.map { packing.units([$0]) }
      units[victim][units[victim].count - 1] ^= 0xFF
      let path = try folder.write("rows.csv", units.flatMap { $0 })
      let summary = ReadSummary(path: path)
      #expect(summary.texts == texts)
      #expect(!summary.errors.isEmpty)
    }
  }

  @Test(arguments: ["csv", "tsv", "text"])
  func `changed bytes crash nothing and leave every byte accounted for`(format: String) throws {
    var generator = SeededGenerator(seed: 47)
    var settings = try settings(format)
    settings.maximumRecordByteCount = 90
    settings.textUnit = .line
    let folder = try ScratchFolder()
    let delimiter = format == "tsv" ? "\t" : ","
    let row = "1,\"a \"\"b\"\"\r\nc\",d\r\n2,plain,\"\"\n".replacing(",", with: delimiter)
    let shard = Array(("id,text,more\n".replacing(",", with: delimiter) + row + row + row).utf8)
    for _ in 0..<300 {
      var bytes = shard
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let position = Int.random(in: 13..<bytes.count, using: &generator)
        switch UInt8.random(in: 0..<4, using: &generator) {
        case 0: bytes.remove(at: position)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
        case 2: bytes.insert(UInt8(ascii: "\""), at: position)
        default: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      _ = try ReadSummary.inPieces(bytes, settings, in: folder)
    }
  }
}
