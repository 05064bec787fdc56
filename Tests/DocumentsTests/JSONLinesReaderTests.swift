import Documents
import FoundationEssentials
import TestSupport
import Testing

struct JSONLinesReaderTests {
  @Test func `a dolma line becomes a record with all it says`() throws {
    let line =
      #"{"id":"a1","text":"Gr\u00fc\u00dfe\n","source":"web","added":"2024-01-02","#
      + #""created":"2023-05-06","metadata":{"lang": "de", "n":[1,2]}}"#
    let record = try #require(try ReadSummary(line + "\n").records.first)
    #expect(String(decoding: record.payload, as: UTF8.self) == "Grüße\n")
    #expect((record.id, record.source) == ("a1", "web"))
    #expect(record.added == "2024-01-02")
    #expect(record.created == "2023-05-06")
    #expect(String(decoding: record.metadata.members, as: UTF8.self) == #""lang": "de", "n":[1,2]"#)
    #expect((record.place.byteOffset, record.byteCount) == (0, line.utf8.count + 1))
    #expect((record.mediaType, record.declaredCharset) == (nil, nil))
  }

  @Test(arguments: [
    (#"{"messages":[{"role":"user"}]}"#, ""), (#"{"text":null,"messages":[{"role":"user"}]}"#, ""),
    (#"{"text":"t","messages":[{"role":"user"}]}"#, "t"),
  ])
  func `a line need have no text where that is asked`(line: String, text: String) throws {
    var settings = ReadSettings()
    settings.isTextOptional = true
    let record = try #require(try ReadSummary(line, settings).records.first)
    #expect(record.payload == Array(text.utf8))
    #expect(record.metadata.text(of: "messages") == #"[{"role":"user"}]"#)
  }

  @Test(arguments: [
    (#"{"text":"t","id":"x"}"#, "x"),
    (#"{"text":"t","id":17}"#, "17"),
    (#"{"text":"t","id":-1.50e3}"#, "-1.50e3"),
    (#"{"text":"t","id":null}"#, "shard#0"),
    (#"{"text":"t","id":""}"#, "shard#0"),
    (#"{"text":"t"}"#, "shard#0"),
    (#"{"text":"t","id":"a","id":"b"}"#, "b"),
    (#"{"text":"t","id":"\u00e9"}"#, "é"),
    (#"{"text":"t","\u0069d":"escaped key"}"#, "escaped key"),
  ])
  func `the id is the member's, or else the place`(line: String, id: String) throws {
    #expect(try ReadSummary(line).records.map(\.id) == [id])
  }

  @Test(arguments: [
    (#"{"text":"t","lang":"en"}"#, #""lang":"en""#, nil as String?),
    (
      #"{"metadata":{"a":1},"text":"t","b":{"c":[true,null]}}"#, #""a":1,"b":{"c":[true,null]}"#,
      nil
    ),
    (#"{"metadata":{},"text":"t","url":"http://u"}"#, #""url":"http://u""#, "http://u"),
    (#"{"metadata":{"url":"http://m"},"text":"t"}"#, #""url":"http://m""#, "http://m"),
    (#"{"metadata":null,"text":"t"}"#, "", nil),
    (#"{"metadata":"note","text":"t"}"#, #""metadata":"note""#, nil),
    (#"{"created":2021,"text":"t"}"#, #""created":2021"#, nil),
    (#"{"id":{"k":1},"text":"t"}"#, #""id":{"k":1}"#, nil),
    (#"{"x":NaN,"y":-Infinity,"text":"t"}"#, #""x":NaN,"y":-Infinity"#, nil),
    ("{\"x\":\"a\tb\\\"\u{1}\",\"text\":\"t\"}", #""x":"a\tb\"\u0001""#, nil),
  ])
  func `other members are kept as they are written`(
    line: String, members: String, url: String?
  ) throws {
    let record = try #require(try ReadSummary(line).records.first)
    #expect(String(decoding: record.metadata.members, as: UTF8.self) == members)
    #expect(record.url == url)
  }

  @Test(arguments: [
    ("nothing", "not-json"), (#"{"text":"a"} x"#, "not-json"), (#"{"text":"a",}"#, "not-json"),
    (#"{'text':'a'}"#, "not-json"), (#"{"text":"\x"}"#, "not-json"), (#"{"text" "a"}"#, "not-json"),
    (#"{"text":"a","n":01}"#, "not-json"), (#"{"text":"a","n":1.}"#, "not-json"),
    (#"{"text":"a","n":tru}"#, "not-json"), (#"{"text":"a","n":[1 2]}"#, "not-json"),
    ("[1]", "not-an-object"), ("\"text\"", "not-an-object"), ("12", "not-an-object"),
    (#"{"id":"a"}"#, "no-text-field"), ("{}", "no-text-field"),
    (#"{"text":null}"#, "no-text-field"), (#"{"text":5}"#, "text-not-a-string"),
    (#"{"text":["a"]}"#, "text-not-a-string"), (#"{"text":"cut"#, "not-json"),
    (#"{"text":"a","d":\#(String(repeating: "[", count: 2000))"#, "nested-too-deep"),
  ])
  func `a line that gives no record is counted by its cause and costs nothing else`(
    line: String, cause: String
  ) throws {
    let before = #"{"text":"one"}"#
    let summary = try ReadSummary("\(before)\n\(line)\n{\"text\":\"two\"}\n")
    #expect(summary.texts == ["one", "two"])
    #expect(summary.malformed.map(\.cause) == [cause])
    #expect(summary.malformed.first?.place.byteOffset == before.utf8.count + 1)
    #expect(summary.malformed.first?.byteCount == line.utf8.count + 1)
  }

  @Test(arguments: [
    "{\"a\tb\":\"v\",\"text\":\"t\"}", "{\"text\":\"t\",\"\u{1}\u{0}\":\"v\",\"c\":\"d\"}",
    "{\"metadata\":{\"a\u{8}\":\"v\"},\"text\":\"t\",\"b\u{1F}\\\"\u{C}\":\"w\"}",
  ])
  func `raw controls in keys are escaped`(line: String) throws {
    let record = try #require(try ReadSummary(line).records.first)
    let members = record.metadata.members
    #expect(members.allSatisfy { $0 >= 0x20 })
    let json = Data([UInt8(ascii: "{")] + members + [UInt8(ascii: "}")])
    let parsed = try JSONDecoder().decode([String: String].self, from: json)
    #expect(parsed.values.contains("v"))
    for key in parsed.keys where parsed[key] != "d" {
      #expect(key.unicodeScalars.contains { $0.value < 0x20 })
    }
  }

  @Test func `lone surrogates become U+FFFD and are counted`() throws {
    let line = #"{"text":"a\ud800b\udc00","id":"\ud83d","metadata":{"x":"\ud800"}}"#
    let record = try #require(try ReadSummary(line).records.first)
    #expect(String(decoding: record.payload, as: UTF8.self) == "a\u{FFFD}b\u{FFFD}")
    #expect(record.id == "\u{FFFD}")
    #expect(record.replacedSurrogateCount == 3)
    #expect(String(decoding: record.metadata.members, as: UTF8.self) == #""x":"\ud800""#)
  }

  @Test func `raw controls, NUL and bytes that are not UTF-8 stay in the payload`() throws {
    let head = Array(#"{"metadata":{"k":"x"#.utf8) + [0xFF] + Array(#""},"text":""#.utf8)
    let payload: [UInt8] = [0, 0x61, 0xFF, 0xC3, 0x09, 0x80, 0x01]
    let summary = try ReadSummary(head + payload + Array("\"}".utf8))
    #expect(summary.records.map(\.payload) == [payload])
    let members = summary.records.first?.metadata.members ?? []
    #expect(String(decoding: members, as: UTF8.self) == "\"k\":\"x\u{FFFD}\"")
    #expect(members.contains(0xFF) == false)
    #expect(summary.records.first?.replacedSequenceCount == 1)
  }

  @Test(arguments: [
    (#"{"text":"t","id":"~","source":"\\~","n":["~","\#u{FFFD}"]}"#, 3),
    (#"{"text":"~","metadata":{"~":"\#u{FFFD}~~"}}"#, 3), (#"{"text":"~","id":"\#u{FFFD}"}"#, 0),
  ])
  func `what is not UTF-8 beside the text is counted`(line: String, count: Int) throws {
    let bytes = line.utf8.map { $0 == UInt8(ascii: "~") ? 0xFF : $0 }
    #expect(try ReadSummary(bytes).records.map(\.replacedSequenceCount) == [count])
  }

  @Test(arguments: [
    ("{\"text\":\"a\"}\r\n{\"text\":\"b\"}\r\n", ["a", "b"], 0),
    ("\u{FEFF}{\"text\":\"a\"}\n", ["a"], 0),
    ("\n \n{\"text\":\"a\"}\n\r\n{\"text\":\"b\"}", ["a", "b"], 3),
    (" \t{ \"text\" :\t\"a\" , \"b\" : [ ] } \n", ["a"], 0),
    ("\n\n", [], 2),
    ("oops\n{\"text\":\"a\"}\n", ["a"], 0),
  ])
  func `line ends, blanks and a byte order mark are as they come`(
    text: String, texts: [String], blankLines: Int
  ) throws {
    let summary = try ReadSummary(text)
    #expect(summary.texts == texts)
    #expect(summary.counts["blank-line", default: 0] == blankLines)
  }

  @Test func `the fields that hold text and id can be named`() throws {
    var settings = ReadSettings()
    (settings.textField, settings.idField) = ("content", "key")
    let line = #"{"content":"c","key":"k","text":"t","id":"i"}"#
    let record = try #require(try ReadSummary(line, settings).records.first)
    #expect(String(decoding: record.payload, as: UTF8.self) == "c")
    #expect(record.id == "k")
    #expect(String(decoding: record.metadata.members, as: UTF8.self) == #""text":"t","id":"i""#)
  }

  @Test func `a line above the maximum is passed over and counted`() throws {
    var settings = ReadSettings()
    settings.maximumRecordByteCount = 100
    settings.readByteCount = 16
    let long = "{\"text\":\"\(String(repeating: "x", count: 500))\"}"
    let summary = try ReadSummary("{\"text\":\"a\"}\n\(long)\n{\"text\":\"b\"}\n\(long)", settings)
    #expect(summary.texts == ["a", "b"])
    #expect(summary.malformed.map(\.cause) == ["too-long", "too-long"])
    #expect(summary.malformed.map(\.byteCount) == [long.utf8.count + 1, long.utf8.count])
  }

  @Test func `a file cut inside its last line is damaged, and the lines before are read`() throws {
    let summary = try ReadSummary("{\"text\":\"a\"}\n{\"text\":\"b")
    #expect(summary.texts == ["a"])
    #expect(summary.errors.map(\.code) == ["truncated"])
  }

  @Test(arguments: Packing.allCases)
  func `what is read does not depend on where the reads are cut`(packing: Packing) throws {
    let lines = (0..<12).map { "{\"id\":\($0),\"text\":\"line \($0) \\u00e9\\n\"}\n" }
    let text = "\u{FEFF}" + lines.joined() + "\n\nbad\n{\"text\":\"last\"}"
    let half = text.index(text.startIndex, offsetBy: 60)
    let bytes = packing.units([String(text[..<half]), "", String(text[half...])])
    let whole = try ReadSummary(bytes)
    #expect(whole.records.count == 13)
    for readByteCount in [1, 2, 3, 5, 7, 11, 13, 64] {
      var settings = ReadSettings()
      settings.readByteCount = readByteCount
      let cut = try ReadSummary(bytes, settings)
      #expect(cut.events == whole.events, "\(readByteCount)")
      #expect(cut.checksum == whole.checksum)
      #expect(cut.compressedByteCount == bytes.count)
    }
  }
}
