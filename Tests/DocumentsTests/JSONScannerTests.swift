import TestSupport
import Testing

@testable import Documents

struct JSONScannerTests {
  static let seeds = [
    #"{"id":"a","text":"b\n\u00e9","metadata":{"x":[1,-2.5e+3,true,null],"y":{}},"n":0}"#,
    #" { "k" : [ [ ] , { "a" : "\"" } ] , "t" : false , "text" : "" } "#,
    #"{"a":NaN,"b":[Infinity,-Infinity],"\u0061":"\\"}"#,
    "[1,2]", "\"s\"", "12", "null", "{}",
  ]

  @Test func `the scanner accepts and finds what the slow way does, on changed texts too`() {
    var generator = SeededGenerator(seed: 404)
    let bytes = Array("{}[]\",:\\u0eE+-.truefalsn \n".utf8)
    var acceptedCount = 0
    for round in 0..<20_000 {
      var text = Array(Self.seeds[round % Self.seeds.count].utf8)
      for _ in 0..<(round / 8 % 4) {
        let position = Int.random(in: 0..<text.count, using: &generator)
        let byte = bytes.randomElement(using: &generator) ?? 0
        switch UInt8.random(in: 0..<3, using: &generator) {
        case 0: text[position] = byte
        case 1: text.insert(byte, at: position)
        default: if text.count > 1 { text.remove(at: position) }
        }
      }
      let slow = SlowJSON.parse(text)
      let fast = Self.scan(text)
      #expect(fast == slow.map(Self.shape), "\(String(decoding: text, as: UTF8.self))")
      acceptedCount += slow == nil ? 0 : 1
    }
    #expect(acceptedCount > 5000 && acceptedCount < 19_000)
  }

  /// `key kind` of every member; nil when refused, one word for what is no object.
  private static func scan(_ text: [UInt8]) -> [String]? {
    var scanner = JSONScanner(wantedKey: JSONKey("text"))
    var members: [JSONMember] = []
    guard let isObject = try? scanner.members(of: text.span, into: &members) else { return nil }
    if !isObject { return ["no object"] }
    return members.map { "\(String(decoding: text[$0.key], as: UTF8.self)) \($0.kind)" }
  }

  private static func shape(_ value: SlowJSON.Value) -> [String] {
    guard case .object(let members) = value else { return ["no object"] }
    return members.map { member in
      if case .object = member.value { return "\(member.key) object" }
      return "\(member.key) \(member.value)"
    }
  }
}
