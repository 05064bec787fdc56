import ByteKernels
import TestSupport
import Testing

struct JSONStringBytesTests {
  @Test(arguments: [
    (#"plain"#, "plain", 0),
    (#"\n\t\r\b\f\/\"\\"#, "\n\t\r\u{8}\u{C}/\"\\", 0),
    (#"\u0041\u00e9\u20AC"#, "Aé€", 0),
    (#"\ud83d\ude00"#, "😀", 0),
    (#"\ud83d"#, "\u{FFFD}", 1),
    (#"\ude00x"#, "\u{FFFD}x", 1),
    (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀", 1),
    (#"\ud83d\u0041"#, "\u{FFFD}A", 1),
    (#"\u0000"#, "\0", 0),
  ])
  func `escapes stand for what the specification says`(json: String, text: String, replaced: Int) {
    let unescaped = JSONStringBytes.unescape(Array(json.utf8).span)
    #expect(unescaped?.bytes == Array(text.utf8))
    #expect(unescaped?.replacedSurrogateCount == replaced)
  }

  @Test(arguments: [#"\"#, #"\x"#, #"\u12"#, #"\u12G4"#, #"a\u"#, #"\U0041"#, #"\u+123"#])
  func `what is not an escape is refused`(json: String) {
    #expect(JSONStringBytes.unescape(Array(json.utf8).span) == nil)
  }

  @Test func `the fast and the slow way agree at every length`() {
    var generator = SeededGenerator(seed: 11)
    let pieces: [[UInt8]] = [
      #"\n"#, #"\""#, #"\/"#, #"\u0022"#, #"\u005C"#, #"\u001f"#, #"\u000a"#, #"\u00e9"#,
      #"\ud83d\ude00"#, #"\ud83d"#, #"\udead"#, "é", "abcdefg", "x",
      "\t", #"\"#,
      #"\u12"#, "0", "\0",
    ].map { Array($0.utf8) }
    for round in 0..<800 {
      var content: [UInt8] = []
      while content.count < round % 130 {
        let isPlain = UInt8.random(in: 0..<4, using: &generator) > 0
        content += isPlain ? [UInt8(ascii: "a")] : pieces.randomElement(using: &generator) ?? []
      }
      let slow = SlowJSONString.unescape(content)
      for way in JSONStringBytes.Way.allCases where way.isPossible {
        let fast = JSONStringBytes.unescape(content.span, by: way)
        #expect(fast?.bytes == slow?.bytes, "\(String(decoding: content, as: UTF8.self))")
        #expect(fast?.replacedSurrogateCount == slow?.replaced)
        let quoted = content + Array(" \",\"".utf8)
        let extent = JSONStringBytes.extent(of: quoted.span, from: 0, by: way)
        let end = extent?.closingQuote ?? 0  // of a refused string, nothing or a bare quote
        #expect(slow == nil ? end < content.count : end == content.count + 1)
        #expect(slow == nil || extent?.hasEscape == content.contains(UInt8(ascii: "\\")))
        #expect(slow == nil || extent?.hasRawControl == content.contains { $0 < 0x20 })
        var json = ByteBuffer(capacity: 64)
        let respelled = JSONStringBytes.appendRespelled(content.span, to: &json, by: way)
        guard let slow, !content.contains(where: { $0 < 0x20 }) else {
          #expect(respelled == nil && json.isEmpty)
          continue
        }
        #expect([UInt8](copying: json.bytes) == SlowJSONString.escape(slow.bytes))
        #expect(respelled?.textByteCount == slow.bytes.count)
        #expect(respelled?.replacedSurrogateCount == slow.replaced)
      }
    }
  }

  @Test func `escaping agrees with the slow way and is undone by unescaping`() {
    var generator = SeededGenerator(seed: 12)
    for byteCount in 0..<130 {
      for _ in 0..<8 {
        let text = (0..<byteCount).map { _ in UInt8.random(in: 0...127, using: &generator) }
        for way in JSONStringBytes.Way.allCases where way.isPossible {
          var json: [UInt8] = []
          JSONStringBytes.appendEscaped(text.span, to: &json, by: way)
          #expect(json == SlowJSONString.escape(text))
          #expect(JSONStringBytes.unescape(json.span, by: way)?.bytes == text)
        }
      }
    }
  }

  @Test func `long texts are escaped and unescaped whole`() {
    var generator = SeededGenerator(seed: 13)
    for byteCount in [4095, 4096, 4097, 8192, 20_000] {
      for ceiling: UInt8 in [31, 40, 127] {
        let text = (0..<byteCount).map { _ in UInt8.random(in: 0...ceiling, using: &generator) }
        var json = Array("\"".utf8)
        JSONStringBytes.appendEscaped(text.span, to: &json)
        json += Array("\" and more".utf8)
        #expect(Array(json.dropFirst().dropLast(10)) == SlowJSONString.escape(text))
        let string = JSONStringBytes.unescapeString(json.span, from: 1)
        #expect(string?.unescaped.bytes == text)
        #expect(string?.closingQuote == json.count - 10)
      }
    }
  }

  @Test func `a string without its closing quote is refused`() {
    let text = Array(#"no end \\" "#.utf8)
    #expect(JSONStringBytes.unescapeString(text.span, from: 0)?.closingQuote == 9)
    #expect(JSONStringBytes.unescapeString(text.span.extracting(0..<9), from: 0) == nil)
    #expect(JSONStringBytes.unescapeString(Array("".utf8).span, from: 0) == nil)
  }

  @Test func `the first special byte is found at every offset and alignment`() {
    for special in [UInt8(ascii: "\""), UInt8(ascii: "\\"), 0, 0x1F] {
      for byteCount in 0..<70 {
        for position in 0...byteCount {
          var bytes = [UInt8](repeating: 0x20, count: byteCount)
          if position < byteCount { bytes[position] = special }
          for start in 0...position {
            #expect(JSONStringBytes.firstSpecial(bytes.span, from: start) == position)
          }
        }
      }
    }
  }
}
