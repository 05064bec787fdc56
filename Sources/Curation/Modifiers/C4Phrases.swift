internal import ByteKernels

/// The phrases that C4's rules look for, in letters of either case.
struct C4Phrases: Sendable {
  /// What a line says.
  struct Kinds: OptionSet, Sendable {
    let rawValue: UInt8

    static let loremIpsum = Kinds(rawValue: 1)
    static let javascript = Kinds(rawValue: 2)
    static let curlyBracket = Kinds(rawValue: 4)
    static let policy = Kinds(rawValue: 8)
    static let openBracket = Kinds(rawValue: 16)
    /// The Kelvin sign, whose small letter is k: such a line is looked at again with a k in its place.
    static let kelvin = Kinds(rawValue: 32)
  }

  private static let table: [(phrase: String, kind: Kinds)] = [
    ("lorem ipsum", .loremIpsum),
    ("javascript", .javascript),
    ("{", .curlyBracket),
    ("terms of use", .policy),
    ("privacy policy", .policy),
    ("cookie policy", .policy),
    ("uses cookies", .policy),
    ("use of cookies", .policy),
    ("use cookies", .policy),
    ("[", .openBracket),
    ("\u{212A}", .kelvin),
  ]

  private let finder = PhraseFinder(table.map(\.phrase), ignoringASCIICase: true)

  /// Every phrase of a text, in order of offset.
  func places(in bytes: [UInt8]) -> [(offset: Int, phrase: Kinds)] {
    finder.matches(in: bytes.span).map { ($0.offset, Self.table[$0.phrase].kind) }
  }

  /// What one line says, Kelvin signs read as k.
  func all(in line: C4Quality.Line) -> Kinds {
    var bytes: [UInt8] = []
    var rest = line.bytes[line.range]
    while let byte = rest.first {
      let isKelvin = rest.starts(with: [0xE2, 0x84, 0xAA])
      bytes.append(isKelvin ? UInt8(ascii: "k") : byte)
      rest = rest.dropFirst(isKelvin ? 3 : 1)
    }
    return places(in: bytes).reduce(into: []) { $0.insert($1.phrase) }
  }
}
