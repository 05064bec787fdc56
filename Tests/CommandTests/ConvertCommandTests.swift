import Foundation
import TestSupport
import Testing

/// `gristmill convert`: what is written, and what is refused.
struct ConvertCommandTests {
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
  }

  private func convert(_ arguments: String..., input: String = "") throws -> Command.Result {
    try Command.run(["convert", "--quiet"] + arguments, input: Array(input.utf8))
  }

  @discardableResult
  private func write(_ name: String, _ text: String) throws -> String {
    try scratch.write(name, Array(text.utf8))
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try scratch.read(name), as: UTF8.self)
  }

  private func lines(_ ids: ClosedRange<Int>, wordCount: Int) -> String {
    ids.map { id in
      let words = (0..<wordCount).map { "w\((id &* 7919 &+ $0 &* 104_729) % 99_991)" }
      return "{\"id\":\"d\(id)\",\"text\":\"\(words.joined(separator: " "))\"}\n"
    }.joined()
  }

  /// Odd numbers, equal keys, escapes and bytes that other tools would change.
  private static let oddMembers =
    #""n":1e400,"f":1.0,"z":-0,"big":123456789012345678901234567890,"x":NaN,"i":-Infinity,"#
    + #""k":1,"k":2,"e":"\u00e9\/é","o": { "b" : [1 , 2.50] },"":null"#

  @Test func `members that are not known are carried through byte for byte, again and again`()
    throws
  {
    try write("a.jsonl", #"{"id":"1","text":"t","source":"s",\#(Self.oddMembers)}"# + "\n")
    #expect(try convert(scratch.path("a.jsonl"), "--output", scratch.path("b.jsonl")).status == 0)
    let expected =
      #"{"id":"1","text":"t","source":"s","metadata":{\#(Self.oddMembers)}}"# + "\n"
    #expect(try text("b.jsonl") == expected)
    for ending in [".jsonl.zst", ".jsonl.gz", ".ndjson"] {
      let packed = scratch.path("c\(ending)")
      #expect(try convert(scratch.path("b.jsonl"), "--output", packed).status == 0)
      #expect(try convert(packed, "--output", scratch.path("d.jsonl")).status == 0)
      #expect(try text("d.jsonl") == expected)
    }
  }

  @Test func `text keeps the texts, whatever lines they have, and nothing else`() throws {
    let texts = ["one\n\ntwo\r\n", "\nthree", "ä\u{1}\t\"", "four"]
    let encoder = JSONEncoder()
    let lines = try texts.map {
      #"{"text":\#(String(decoding: try encoder.encode($0), as: UTF8.self))}"#
    }
    try write("a.jsonl", lines.joined(separator: "\n"))
    #expect(try convert(scratch.path("a.jsonl"), "--output", scratch.path("b.txt.zst")).status == 0)
    #expect(
      try convert(
        scratch.path("b.txt.zst"), "--text-unit", "separator", "--output", scratch.path("c.jsonl")
      ).status == 0)
    struct Line: Decodable { let text: String }
    let read = try text("c.jsonl").split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8)).text
    }
    #expect(read == texts)
    #expect(try text("c.jsonl").contains(#""charset":"utf-8""#))
  }

  @Test func `a text that holds the separator is written, counted and said`() throws {
    try write("a.jsonl", "{\"text\":\"a\\nb\"}\n{\"text\":\"c\"}\n")
    let result = try Command.run([
      "convert", scratch.path("a.jsonl"), "--output", scratch.path("b.txt"),
      "--output-separator", #"\n"#, "--json",
    ])
    #expect(result.status == 0)
    #expect(result.output.contains(#""texts-that-hold-the-separator" : 1"#))
    #expect(result.errors.contains("1 texts hold the separator"))
    #expect(try text("b.txt") == "a\nb\nc\n")
  }

  @Test func `the order and the bytes do not depend on the workers`() throws {
    var inputs: [String] = []
    inputs.append(try write("big.jsonl", lines(0...15000, wordCount: 120)))
    for index in 1...40 {
      let ids = (index * 100_000)...(index * 100_000 + 50)
      inputs.append(try write("small-\(index).jsonl", lines(ids, wordCount: 10)))
    }
    // One frame, which cannot be cut.
    inputs.append(try write("rows.tsv", "id\ttext\n" + (1...9).map { "r\($0)\tt\n" }.joined()))
    for name in ["out.jsonl.zst", "out.txt.gz", "out.jsonl"] {
      var outputs: [[UInt8]] = []
      for workers in ["1", "2"] {
        let path = scratch.path("\(workers)-\(name)")
        let result = try Command.run(
          ["convert", "--quiet"] + inputs + ["--output", path, "--workers", workers])
        #expect(result.status == 0)
        outputs.append(try scratch.read("\(workers)-\(name)"))
      }
      #expect(outputs[0] == outputs[1], "\(name)")
    }
    let ids = try text("1-out.jsonl").split(separator: "\n").map { $0.split(separator: "\"")[3] }
    #expect(ids.count == 15001 + 40 * 51 + 9)
    #expect(ids.first == "d0" && ids[15001] == "d100000" && ids.last == "r9")
  }

  @Test func `a folder gets one file an input, told apart by as much of the name as it takes`()
    throws
  {
    let folder = scratch.path
    for path in ["x", "y"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
    }
    let names = ["one.jsonl", "two.warc.wet", "two.csv", "x/same.jsonl", "y/same.jsonl", "noise"]
    let warc = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 1\r\n\r\na\r\n\r\n"
    for name in names {
      let text =
        name.hasSuffix("csv") ? "text\na\n" : name.hasSuffix("wet") ? warc : "{\"text\":\"a\"}\n"
      try write(name, text)
    }
    let inputs = names.map { scratch.path($0) }
    let result = try Command.run(
      ["convert", "--quiet"] + inputs + [
        "--output", scratch.path("out/"), "--output-ending", ".txt",
      ])
    #expect(result.status == 0, "\(result.errors)")
    let written = try FileManager.default.subpathsOfDirectory(atPath: scratch.path("out")).sorted()
    #expect(
      written == [
        "noise.txt", "one.txt", "two.csv.txt", "two.warc.wet.txt", "x", "x/same.jsonl.txt", "y",
        "y/same.jsonl.txt",
      ])
    for name in written where name.hasSuffix(".txt") {
      #expect(try text("out/\(name)") == "a\n\u{1E}\n", "\(name)")
    }
  }

  @Test func `pipes and devices take what --output-ending says`() throws {
    let csv = "id,text\n1,\"a\nb\"\n"
    let lines = try convert("-", "--format", "csv", "--output", "-", input: csv)
    #expect(lines.status == 0)
    #expect(lines.output.hasPrefix(#"{"id":"1","text":"a\nb","source":"standard-input","#))
    let plain = try convert(
      "-", "--format", "csv", "--output", "-", "--output-ending", ".txt", input: csv)
    #expect(plain.output == "a\nb\n\u{1E}\n")
    for ending in [".jsonl", ".txt.gz"] {
      #expect(
        try convert(
          "-", "--output", "/dev/null", "--output-ending", ending, input: "{\"text\":\"a\"}"
        ).status == 0)
    }
  }

  @Test func `what cannot be meant is refused, and nothing is written`() throws {
    let line = "{\"text\":\"a\"}\n"
    let path = try write("a.jsonl", line)
    let link = scratch.path("b.jsonl")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    for arguments in [
      [path, "--output", path], [path, "--output", link],
      [scratch.path("*.jsonl"), "--output", link],
      [path, "--output", scratch.path("a.docx")], [path, "--output", scratch.path("a.csv")],
      [path, "--output", scratch.path("o.jsonl"), "--output-ending", ".txt"],
      [path, "--output", scratch.path("out/"), "--output-ending", ".docx"],
      [path, "--output", scratch.path("out/"), "--output-ending", "jsonl"],
      [path, "--output", scratch.path("o.txt"), "--output-separator", ""],
      [path, "--output", scratch.path("o.txt"), "--output-separator", #"\q"#],
      [path, "--output", scratch.path("o.txt"), "--text-separator", ""],
      [path, "--output", scratch.path("o.txt"), "--format", "docx"],
      [path, "--output", scratch.path("o.txt"), "--csv-delimiter", ";;"],
    ] {
      let result = try Command.run(["convert"] + arguments)
      #expect(result.status == 64, "\(arguments) \(result.errors)")
      #expect(!result.errors.isEmpty)
    }
    #expect(try text("a.jsonl") == line)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).count == 2)
  }

  @Test func `what cannot be read makes the exit status 1, and the rest is written`() throws {
    try write("a.jsonl", "{\"text\":\"a\"}\n")
    try write("error.jsonl", "<html>Not found</html>\n")
    for workers in ["1", "2"] {
      let result = try convert(
        scratch.path("error.jsonl"), scratch.path("a.jsonl"), "--output", scratch.path("o/"),
        "--workers", workers, "--output-ending", ".jsonl")
      #expect(result.status == 1)
      #expect(result.errors.contains("unknown-format"))
      #expect(try text("o/a.jsonl").hasPrefix("{\"id\":\"a.jsonl#0\",\"text\":\"a\""))
      #expect(try text("o/error.jsonl").isEmpty)
    }
  }

  @Test func `each document says its charset, what decided it, and what was replaced`() throws {
    let rows = "id\ttext\n1\tGr\u{FC}\u{DF}e\n"
    try scratch.write(
      "wide.tsv", [0xFF, 0xFE] + rows.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    try scratch.write("marked.txt", [0xEF, 0xBB, 0xBF] + Array("text".utf8))
    try scratch.write("broken.txt", Array("Stra\u{DF}e, Stra\u{DF}e, \u{E4}\u{F6}".utf8) + [0xFF])
    try scratch.write("plain.jsonl", Array("{\"text\":\"a\"}\n{\"text\":\"\\ud800\"}\n".utf8))
    let cases = [
      ("wide.tsv", [#""charset":"utf-16le","charset_source":"bom"}"#]),
      ("marked.txt", [#""charset":"utf-8","charset_source":"bom"}"#]),
      ("broken.txt", [#""charset":"utf-8","charset_source":"utf8","replaced":1}"#]),
      ("plain.jsonl", [#""metadata":{}"#, #""metadata":{"replaced":1}"#]),
    ]
    for (name, ends) in cases {
      let lines = try convert(scratch.path(name), "--output", "-").output.split(separator: "\n")
      #expect(lines.count == ends.count)
      for (line, end) in zip(lines, ends) { #expect(line.hasSuffix(end + "}"), "\(line)") }
    }
  }

  @Test func `every line in UTF-16 says what it was decoded from`() throws {
    let scratch = try ScratchFolder()
    let lines = "\u{FEFF}" + String(repeating: "{\"text\":\"é\"}\n", count: 3)
    try scratch.write("wide.jsonl", lines.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    let result = try Command.run([
      "convert", scratch.path("wide.jsonl"), "--output", "-", "--quiet",
    ])
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\"charset_source\":\"bom\"").count == 4)
  }
}
