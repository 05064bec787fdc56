/// What becomes of byte sequences that the document's charset does not allow.
package enum InvalidBytes: String, SettingChoice {
  /// U+FFFD stands for each.
  case replace
  /// Nothing stands for them.
  case remove
  /// The whole document is dropped.
  case dropDocument = "drop-document"
}

/// How bytes of a crawl become text.
package struct DecodeSettings: StepSettings {
  package var invalid: InvalidBytes = .replace
  package var detectCharset = true

  package init() {}

  package init(invalid: InvalidBytes = .replace, detectCharset: Bool = true) {
    self.invalid = invalid
    self.detectCharset = detectCharset
  }

  package static let settings: [Setting<Self>] = [
    .init("invalid", \.invalid, "what becomes of bytes the charset does not allow"),
    .init(
      "detect-charset", \.detectCharset,
      "whether a text without a true charset label has its charset guessed from its bytes"),
  ]
}
