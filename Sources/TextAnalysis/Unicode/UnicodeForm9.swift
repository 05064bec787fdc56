/// The normalisation forms of Unicode 9: what later versions brought is left as it is.
///
/// Hugging Face's tokenizers 0.23 normalise by tables of that version.
package enum UnicodeForm9: Sendable {
  case nfc, nfd, nfkc, nfkd

  private static let nfcScanner = TextScanner(classes: UnicodeNormalizer.classes(.nfc9))
  private static let nfdScanner = TextScanner(classes: UnicodeNormalizer.classes(.nfd9))
  private static let nfkcScanner = TextScanner(classes: UnicodeNormalizer.classes(.nfkc9))
  private static let nfkdScanner = TextScanner(classes: UnicodeNormalizer.classes(.nfkd9))

  private var form: UnicodeNormalizer.Form {
    switch self {
    case .nfc: .nfc9
    case .nfd: .nfd9
    case .nfkc: .nfkc9
    case .nfkd: .nfkd9
    }
  }

  private var scanner: TextScanner {
    switch self {
    case .nfc: Self.nfcScanner
    case .nfd: Self.nfdScanner
    case .nfkc: Self.nfkcScanner
    case .nfkd: Self.nfkdScanner
    }
  }

  /// Whether valid UTF-8 is in the form; nearly all text is known to be by one quick scan.
  package func isNormalized(_ bytes: Span<UInt8>) -> Bool {
    var findings: TextScanner.Findings = []
    _ = scanner.scan(bytes, from: 0, &findings)
    return !findings.contains(.doubtful) || UnicodeNormalizer.isNormalized(bytes, form)
  }

  /// Valid UTF-8 in the form.
  package func normalized(_ bytes: [UInt8]) -> [UInt8] {
    isNormalized(bytes.span) ? bytes : UnicodeNormalizer.normalized(bytes, form)
  }

  /// Whether the text can be cut before `position` and both halves be normalised alone.
  package func canCut(_ bytes: Span<UInt8>, before position: Int) -> Bool {
    UnicodeNormalizer.canCut(bytes, before: position, form)
  }
}
