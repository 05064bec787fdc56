/// How likely a letter of a language stands after another.
///
/// Bigrams of symbols (a letter in lower case, or a class of other characters), of which one at least is
/// beyond ASCII; pairs within ASCII say nothing of a charset and cost nothing.
struct LanguageModel: Sendable {
  let name: String
  /// Whether words mix the language's letters with ASCII's.
  let isLatin: Bool
  /// By two symbols, the former times 128: logarithms of probabilities, in quarters.
  let cells: [Int8]

  private let letters: [UInt32: UInt8]

  /// Added to the symbol of a capital letter.
  static let capital: UInt8 = 0x40
  private static let mark: UInt8 = 3
  private static let noText: UInt8 = 4
  private static let foreign: UInt8 = 5
  private static let firstASCIILetter: UInt8 = 6

  static let all = LanguageTables.languages.map(LanguageModel.init)

  private init(
    _ table: (name: String, isLatin: Bool, letters: String, cells: String)
  ) {
    (name, isLatin) = (table.name, table.isLatin)
    let first: UInt8 = table.isLatin ? 32 : 7
    var letters: [UInt32: UInt8] = [:]
    for (offset, letter) in table.letters.unicodeScalars.enumerated() {
      letters[letter.value] = first + UInt8(offset)
    }
    self.letters = letters
    let symbolCount = Int(first) + letters.count
    var costs = table.cells.utf8.lazy.filter { $0 != UInt8(ascii: "\n") }.makeIterator()
    var cells = [Int8](repeating: 0, count: 128 * 128)
    for one in 0..<symbolCount {
      for two in 0..<symbolCount where !(isASCII(one) && isASCII(two)) {
        guard let byte = costs.next() else {
          preconditionFailure("the table of \(table.name) is too short")
        }
        fill(&cells, one, two, cost: -Int(byte - UInt8(ascii: "0")))
      }
    }
    self.cells = cells

    func isASCII(_ symbol: Int) -> Bool {
      symbol < 3 || (table.isLatin ? (6..<32).contains(symbol) : symbol == 6)
    }

    /// The cell for two symbols, and those for their capitals.
    func fill(_ cells: inout [Int8], _ one: Int, _ two: Int, cost: Int) {
      let isLetter = [one, two].map { $0 == Int(Self.foreign) || $0 >= (table.isLatin ? 6 : 7) }
      for isCapital in [false, true] where !isCapital || isLetter[0] {
        for becomesCapital in [false, true] where !becomesCapital || isLetter[1] {
          var sum = cost
          if isLetter[1] {
            switch (isLetter[0], isCapital, becomesCapital) {
            case (false, _, true): sum -= 7
            case (true, false, true): sum -= 24
            case (true, true, true): sum -= 4
            case (true, true, false): sum -= 1
            default: break
            }
          }
          let row = one | (isCapital ? Int(Self.capital) : 0)
          let column = two | (becomesCapital ? Int(Self.capital) : 0)
          cells[row << 7 | column] = Int8(max(sum, -96))
        }
      }
    }
  }

  /// How many of the language's letters are among the scalars, in hundredths.
  func coverage(by scalars: [UInt32]) -> Int {
    let written = scalars.reduce(into: Set<UInt8>()) { set, scalar in
      if let slot = letters[Self.familiar(scalar)] { set.insert(slot) }
    }
    return written.count * 100 / max(letters.count, 1)
  }

  /// The symbol of a character; U+FFFD is a byte without meaning.
  func symbol(of value: UInt32) -> UInt8 {
    guard value != 0xFFFD, let scalar = Unicode.Scalar(value) else { return Self.noText }
    if value <= 0x20 || value == 0x7F || value == 0xA0 { return 0 }
    if value < 0x80 { return ascii(UInt8(value)) }
    if let slot = letters[Self.familiar(value)] { return slot }
    let small = scalar.properties.lowercaseMapping.unicodeScalars
    if small.count == 1, let first = small.first?.value, first != value {
      return (letters[Self.familiar(first)] ?? Self.foreign) | Self.capital
    }
    if Self.marks.contains(scalar) { return Self.mark }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark:
      return Self.foreign
    default: return Self.noText
    }
  }

  private func ascii(_ byte: UInt8) -> UInt8 {
    if byte >= 0x30 && byte <= 0x39 { return 1 }
    let small = byte | 0x20
    guard small >= 0x61 && small <= 0x7A else { return 2 }
    guard isLatin else { return Self.firstASCIILetter }
    return Self.firstASCIILetter + (small - 0x61) | (byte < 0x61 ? Self.capital : 0)
  }

  /// ISO 8859-16 has Romanian's letters with comma, the other charsets with cedilla.
  private static func familiar(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x0219: 0x015F
    case 0x021B: 0x0163
    default: scalar
    }
  }

  /// Typography that texts in every language hold.
  private static let marks = Set("’‘“”„‚«»‹›–—…•·©®™°§€£№´¿¡ªº".unicodeScalars)
}
