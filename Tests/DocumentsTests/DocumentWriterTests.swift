import ByteKernels
import Documents
import TestSupport
import Testing

struct DocumentWriterTests {
  static let documents: [Document] = {
    var metadata = Metadata()
    metadata.append("url", "http://a/\"b\"")
    metadata.append("length", 12)
    metadata.append("score", 0.1)
    return [
      Document(
        id: "plain", text: Array("one\ntwo\t\"three\" \\ four\r\u{0}\u{1F}\u{7F}".utf8), source: "s"
      ),
      Document(id: "é\n\"", text: Array("日本語 😀 \u{2028}".utf8), source: "ü", metadata: metadata),
      Document(
        id: "dated", text: [], source: "", added: "2024-01-01", created: "1999-12-31T23:59:59Z"),
    ]
  }()

  static func write(_ documents: [Document], _ path: String) throws -> OutputFile.Published {
    let writer = try DocumentWriter(path: path)
    for document in documents { try writer.write(document) }
    #expect(writer.documentCount == documents.count)
    #expect(writer.textByteCount == documents.reduce(0) { $0 + $1.text.count })
    return try writer.publish()
  }

  static func read(_ path: String) -> [Document] {
    ReadSummary(path: path).records.map {
      Document(
        id: $0.id, text: $0.payload, source: $0.source, added: $0.added, created: $0.created,
        metadata: $0.metadata)
    }
  }

  @Test func `a document is written with dolma's names`() {
    var json: [UInt8] = []
    for document in Self.documents.dropFirst() { document.appendJSON(to: &json) }
    #expect(
      String(decoding: json, as: UTF8.self)
        == #"{"id":"é\n\"","text":"日本語 😀 \#u{2028}","source":"ü","metadata":"#
        + #"{"url":"http://a/\"b\"","length":12,"score":0.1}}"#
        + #"{"id":"dated","text":"","source":"","added":"2024-01-01","#
        + #""created":"1999-12-31T23:59:59Z","metadata":{}}"#)
  }

  @Test(arguments: ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
  func `what is written is read back the same, and twice gives the same bytes`(name: String) throws
  {
    let folder = try ScratchFolder()
    let published = try Self.write(Self.documents, folder.path(name))
    #expect(Self.read(folder.path(name)) == Self.documents)
    let bytes = try folder.read(name)
    #expect(published.byteCount == bytes.count)
    #expect(published.checksum == XXH64.hash(bytes.span))
    #expect(ReadSummary(path: folder.path(name)).checksum == published.checksum)
    #expect(
      try Self.write(Self.documents, folder.path("again-\(name)")).checksum == published.checksum)
    let magic: [UInt8] = name.hasSuffix("gz") ? [0x1F, 0x8B] : [0x28, 0xB5]
    #expect(name.hasSuffix("jsonl") || bytes.starts(with: magic))
  }

  @Test(arguments: ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
  func `no documents make a file without records`(name: String) throws {
    let folder = try ScratchFolder()
    _ = try Self.write([], folder.path(name))
    let summary = ReadSummary(path: folder.path(name))
    #expect(summary.events == [.skipped(kind: "empty-file", byteCount: 0)])
  }

  @Test func `a long file is written in units that can be read alone`() throws {
    let folder = try ScratchFolder()
    let text = CompressibleText.bytes(1 << 20, seed: 8)
    let documents = (0..<20).map { Document(id: "\($0)", text: text, source: "s") }
    _ = try Self.write(documents, folder.path("a.jsonl.zst"))
    #expect(Self.read(folder.path("a.jsonl.zst")) == documents)
    let bytes = try folder.read("a.jsonl.zst")
    let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    let found = bytes.span.firstOffset(of: magic, from: 1)
    let second = try #require(found)
    let rest = try ReadSummary(Array(bytes[second...]))
    #expect(rest.errors.isEmpty)
    #expect(rest.records.last?.id == "19")
    #expect(rest.records.count < 20)
  }

  @Test func `random documents survive the way out and back`() throws {
    var generator = SeededGenerator(seed: 77)
    let alphabet = Array("a\"\\\n\t\u{0}\u{1F} é日😀{}[]:,/".unicodeScalars)
    let documents = (0..<300).map { number in
      let scalars = (0..<(number % 130)).compactMap { _ in alphabet.randomElement(using: &generator)
      }
      let text = String(String.UnicodeScalarView(scalars))
      var metadata = Metadata()
      if number % 3 == 0 { metadata.append(text, text) }
      return Document(
        id: "n\(text)", text: Array(text.utf8), source: text, added: number % 2 == 0 ? text : nil,
        metadata: metadata)
    }
    let folder = try ScratchFolder()
    _ = try Self.write(documents, folder.path("a.jsonl.zst"))
    #expect(Self.read(folder.path("a.jsonl.zst")) == documents)
  }
}
