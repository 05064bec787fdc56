/// Puts a text's Unicode form, line ends, control characters and white space right.
///
/// Text that is right already is recognised in one scan and not copied. In this order:
/// 1. CR LF, CR, NEL, VT, FF, U+2028 and U+2029 become LF; the control characters besides tab, and
///    invisible characters, are taken out. ZWJ and ZWNJ stay, because scripts and emoji need them.
/// 2. The text is brought into NFC or NFKC.
/// 3. White space at the end of lines goes, three or more line feeds become two, and white space at
///    either end of the text goes.
package struct Normalize: Modifier {
  package enum Form: String, SettingChoice { case nfc, nfkc, none }

  /// What becomes of a class of characters.
  package enum Treatment: String, SettingChoice { case remove, keep }

  package struct Settings: StepSettings {
    package var form: Form = .nfc
    package var controls: Treatment = .remove
    package var zeroWidthSpaces: Treatment = .remove
    package var byteOrderMarks: Treatment = .remove
    package var softHyphens: Treatment = .remove
    package var tidySpaces = true

    package init() {}

    package static let settings: [Setting<Self>] = [
      .init("form", \.form, "the Unicode normalisation form"),
      .init("controls", \.controls, "C0 and C1 control characters besides tab and line ends"),
      .init(
        "zero-width-spaces", \.zeroWidthSpaces,
        "U+200B, except beside Thai, Lao, Burmese and Khmer, where it parts words, and U+2060"),
      .init("byte-order-marks", \.byteOrderMarks, "U+FEFF inside the text"),
      .init("soft-hyphens", \.softHyphens, "U+00AD"),
      .init(
        "tidy-spaces", \.tidySpaces,
        "whether spaces at line ends go and runs of empty lines become one"),
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
    var bytes = text.bytes
    var findings: TextScanner.Findings = []
    let stop = scanner.scan(bytes.span, from: 0, &findings)
    if stop == bytes.count, findings.isEmpty {
      return bytes.isEmpty ? .emptied(.empty) : .unchanged
    }
    if stop < bytes.count { bytes = cleaning.cleaned(bytes, scanner: scanner, &findings) }
    if findings.contains(.doubtful), let form,
      !UnicodeNormalizer.isNormalized(bytes.span, form)
    {
      bytes = UnicodeNormalizer.normalized(bytes, form)
      // A compatibility form can make white space of characters that are none.
      findings.insert(.spacing)
    }
    if findings.contains(.spacing) { bytes = WhiteSpace.tidied(bytes, lines: settings.tidySpaces) }
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
    switch form {
    case .nfc: nfc
    case .nfkc: nfkc
    }
  }
}
