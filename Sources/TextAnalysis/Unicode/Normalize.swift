/// Puts a text's Unicode form, line ends, control characters and white space right.
///
/// Text that is right already is recognised in one scan and not copied. In this order:
/// 1. CR LF, CR, NEL, VT, FF, U+2028 and U+2029 become LF, and characters that stand for nothing one sees
///    are taken out, each class as its setting says (`CharacterClass`). By default joiners stay, because
///    scripts and emoji need them, and so do variation selectors, directional marks and private use.
/// 2. The text is brought into NFC or NFKC.
/// 3. White space at the end of lines goes, three or more line feeds become two, and white space at
///    either end of the text goes.
package struct Normalize: Modifier {
  package enum Form: String, SettingChoice { case nfc, nfkc, none }

  /// What becomes of a class of characters.
  package enum Treatment: String, SettingChoice { case remove, keep }

  /// What becomes of characters that plainer ones stand for.
  package enum Replacement: String, SettingChoice { case replace, keep }

  package struct Settings: StepSettings {
    package var form: Form = .nfc
    package var carriageReturns: Replacement = .replace
    package var lineSeparators: Replacement = .replace
    package var formFeeds: Replacement = .replace
    package var unicodeSpaces: Replacement = .keep
    package var controls: Treatment = .remove
    package var zeroWidthSpaces: Treatment = .remove
    package var joiners: Treatment = .keep
    package var directionalMarks: Treatment = .keep
    package var directionalEmbeddings: Treatment = .remove
    package var variationSelectors: Treatment = .keep
    package var byteOrderMarks: Treatment = .remove
    package var softHyphens: Treatment = .remove
    package var tagCharacters: Treatment = .remove
    package var annotations: Treatment = .remove
    package var privateUse: Treatment = .keep
    package var noncharacters: Treatment = .remove
    package var tidySpaces = true

    package init() {}

    package static let settings: [Setting<Self>] = [
      .init("form", \.form, "the Unicode normalisation form"),
      .init("carriage-returns", \.carriageReturns, "CR LF and CR, by LF"),
      .init("line-separators", \.lineSeparators, "NEL, U+2028 and U+2029, by LF"),
      .init("form-feeds", \.formFeeds, "form feed and vertical tab, by LF"),
      .init(
        "unicode-spaces", \.unicodeSpaces,
        "the no-break space and the other spaces beyond ASCII, by U+0020"),
      .init("controls", \.controls, "C0 and C1 control characters besides tab and line ends"),
      .init(
        "zero-width-spaces", \.zeroWidthSpaces,
        "U+200B, except beside Thai, Lao, Burmese and Khmer, where it parts words, and U+2060"),
      .init("joiners", \.joiners, "U+200C and U+200D, which many scripts and emoji need"),
      .init("directional-marks", \.directionalMarks, "U+200E, U+200F and U+061C"),
      .init(
        "directional-embeddings", \.directionalEmbeddings,
        "embeddings, overrides and isolates: U+202A to U+202E, U+2066 to U+2069"),
      .init("variation-selectors", \.variationSelectors, "U+FE00 to U+FE0F, U+E0100 to U+E01EF"),
      .init("byte-order-marks", \.byteOrderMarks, "U+FEFF inside the text"),
      .init("soft-hyphens", \.softHyphens, "U+00AD"),
      .init(
        "tag-characters", \.tagCharacters, "U+E0001 and U+E0020 to U+E007F, except in emoji flags"),
      .init("interlinear-annotations", \.annotations, "U+FFF9 to U+FFFB, not what they enclose"),
      .init("private-use", \.privateUse, "characters that mean what a font says"),
      .init("noncharacters", \.noncharacters, "U+FDD0 to U+FDEF, and the last two of each plane"),
      .init(
        "tidy-spaces", \.tidySpaces,
        "whether white space at the ends of the text and its lines goes, and runs of empty lines become one"
      ),
    ]
  }

  package enum Reason: String, CaseIterable, Sendable {
    /// Nothing but white space and characters to remove.
    case empty
  }

  package static let name = "normalize"
  package static let summary =
    "Puts Unicode form, line ends, control characters and white space right."

  private let settings: Settings
  private let form: UnicodeNormalizer.Form?
  private let scanner: TextScanner
  private let cleaning: TextCleaning

  package init(_ settings: Settings) {
    self.settings = settings
    switch settings.form {
    case .nfc: form = .nfc
    case .nfkc: form = .nfkc
    case .none: form = nil
    }
    var classes =
      form.map(NormalizationClasses.of)
      ?? [UInt8](repeating: TextScanner.Mark.plain, count: 0x110000)
    for scalar in WhiteSpace.beyondASCII { classes[Int(scalar)] = Self.spaceMark(classes, scalar) }
    cleaning = TextCleaning(settings)
    for scalar in cleaning.scalars { classes[Int(scalar)] = TextScanner.Mark.rewritten }
    scanner = TextScanner(classes: classes)
  }

  package func modify(_ text: AnalyzedText) -> Modification<Reason> {
    var repairs: [String: Int] = [:]
    return modify(text, counting: &repairs)
  }

  package func modify(
    _ text: AnalyzedText, counting repairs: inout [String: Int]
  ) -> Modification<Reason> {
    var bytes = text.bytes
    var findings: TextScanner.Findings = []
    let stop = scanner.scan(bytes.span, from: 0, &findings)
    if stop == bytes.count, findings.isEmpty {
      return bytes.isEmpty ? .emptied(.empty) : .unchanged
    }
    if stop < bytes.count {
      bytes = cleaning.cleaned(bytes, scanner: scanner, &findings, counting: &repairs)
    }
    if findings.contains(.doubtful), let form,
      !UnicodeNormalizer.isNormalized(bytes.span, form)
    {
      bytes = UnicodeNormalizer.normalized(bytes, form)
      repairs["documents-brought-into-form", default: 0] += 1
      // A compatibility form can make white space of characters that are none.
      findings.insert(.spacing)
    }
    if findings.contains(.spacing), settings.tidySpaces { bytes = WhiteSpace.tidied(bytes) }
    if bytes.isEmpty { return .emptied(.empty) }
    return bytes == text.bytes ? .unchanged : .replaced(bytes, text.mediaType)
  }

  /// A space that the form changes stays doubtful.
  private static func spaceMark(_ classes: [UInt8], _ scalar: UInt32) -> UInt8 {
    classes[Int(scalar)] == TextScanner.Mark.doubtful
      ? TextScanner.Mark.doubtful : TextScanner.Mark.space
  }
}

/// The classes of ICU's Unicode version, worked out once in a process.
private enum NormalizationClasses {
  private static let nfc = UnicodeNormalizer.classes(.nfc)
  private static let nfkc = UnicodeNormalizer.classes(.nfkc)

  static func of(_ form: UnicodeNormalizer.Form) -> [UInt8] {
    form == .nfkc ? nfkc : nfc
  }
}
