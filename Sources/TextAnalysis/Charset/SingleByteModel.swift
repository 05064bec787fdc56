/// How likely a single-byte charset makes a text of one language.
struct SingleByteModel: Sendable {
  let charset: Charset
  private let language: LanguageModel
  /// What each byte is to the language.
  private let symbols: [UInt8]
  /// The charset's own rarity, once a text, in quarters.
  let prior: Int

  /// Nil when the charset cannot write the language.
  init?(_ language: LanguageModel, charset: Charset, table: SingleByteTable) {
    guard language.coverage(by: table.scalars) >= 70 else { return nil }
    self.charset = charset
    self.language = language
    symbols = (0..<0x80).map { language.symbol(of: $0) } + table.scalars.map(language.symbol)
    prior = Int(4 * (Self.rarity[charset.name] ?? 0)) - (language.name == "western" ? 8 : 0)
  }

  /// The logarithm of the probability of the bytes in the range after those before it, in quarters.
  func score(_ sample: Span<UInt8>, _ range: Range<Int>) -> Int {
    let symbols = symbols.span
    let cells = language.cells.span
    var score = 0
    var before = range.lowerBound > 0 ? Int(symbols[Int(sample[range.lowerBound - 1])]) : 0
    for index in range {
      let now = Int(symbols[Int(sample[index])])
      score &+= Int(cells[before &<< 7 | now])
      before = now
    }
    return score
  }

  static let all: [SingleByteModel] = {
    var tables: [String: SingleByteTable] = [:]
    var models: [SingleByteModel] = []
    for language in LanguageModel.all {
      for name in charsets[language.name] ?? western {
        let charset = Charset(name: name, kind: .singleByte)
        guard let table = tables[name] ?? SingleByteTable(charset) else { continue }
        tables[name] = table
        if let model = SingleByteModel(language, charset: charset, table: table) {
          models.append(model)
        }
      }
    }
    return models
  }()

  private static let western = ["windows-1252", "iso-8859-15", "macintosh", "ibm850"]
  private static let central = ["windows-1250", "iso-8859-2", "ibm852"]
  private static let baltic = ["windows-1257", "iso-8859-13", "iso-8859-4"]
  private static let turkish = ["windows-1254"]
  private static let greek = ["windows-1253", "iso-8859-7"]
  private static let cyrillic = [
    "windows-1251", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic", "ibm855",
  ]
  private static let ukrainian = ["windows-1251", "koi8-u", "iso-8859-5", "x-mac-cyrillic"]
  private static let serbian = ["windows-1251", "iso-8859-5", "x-mac-cyrillic", "ibm855"]

  /// Where the texts of a language are found; the charset named first wins a tie.
  private static let charsets: [String: [String]] = [
    "pl": central, "cs": central, "sk": central, "hu": central, "hr": central, "sl": central,
    "ro": central + ["iso-8859-16"], "tr": turkish, "et": baltic + western, "lv": baltic,
    "lt": baltic, "eo": ["iso-8859-3"], "cy": ["iso-8859-14"], "vi": ["windows-1258"],
    "ru": cyrillic, "bg": cyrillic, "uk": ukrainian, "be": ukrainian, "sr": serbian, "mk": serbian,
    "mn": ["windows-1251"], "kk": ["windows-1251"], "el": greek,
    "he": ["windows-1255", "iso-8859-8"], "ar": ["windows-1256", "iso-8859-6"],
    "fa": ["windows-1256"], "th": ["windows-874"],
  ]

  private static let rarity: [String: Float] = [
    "windows-1250": -2, "windows-1257": -4, "windows-1254": -1, "iso-8859-2": -3, "iso-8859-4": -10,
    "iso-8859-13": -6, "iso-8859-15": -3, "iso-8859-16": -6, "iso-8859-3": -8, "iso-8859-14": -8,
    "iso-8859-5": -2, "iso-8859-6": -2, "iso-8859-7": -1, "iso-8859-8": -2, "ibm866": -3,
    "ibm855": -4, "ibm850": -14, "ibm852": -12, "macintosh": -12, "x-mac-cyrillic": -4,
    "koi8-r": -1, "koi8-u": -2, "windows-1258": -6,
  ]
}
