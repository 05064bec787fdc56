package import Documents
package import TextAnalysis

/// The `read` section of a pipeline file: how records become documents.
package struct ReadingSettings: StepSettings {
  package var textField = "text"
  package var idField = "id"
  package var maximumRecordBytes = 64 << 20
  package var invalidBytes = InvalidBytes.replace
  package var detectCharset = true
  package var keepDropped = true
  package var taskBytes = 16 << 20

  package init() {}

  package static var settings: [Setting<ReadingSettings>] {
    [
      .init("text-field", \.textField, "the member of a JSON line that holds the text"),
      .init("id-field", \.idField, "the member of a JSON line that holds the document's id"),
      .init(
        "maximum-record-bytes", \.maximumRecordBytes,
        "longer records are counted as failed and never held in memory"),
      .init(
        "invalid-bytes", \.invalidBytes,
        "bytes that are no text in their charset: U+FFFD, removed, or the document is dropped"),
      .init(
        "detect-charset", \.detectCharset,
        "guess the charset of text that declares none and is not UTF-8"),
      .init("keep-dropped", \.keepDropped, "write dropped documents to dropped/<step>/"),
      .init(
        "task-bytes", \.taskBytes,
        "bytes of input, as stored, that one task takes on; a resumed run repeats at most one task"),
    ]
  }

  package func validate() throws(SettingsError) {
    if maximumRecordBytes < 1024 {
      throw SettingsError(setting: "maximum-record-bytes", message: "must be at least 1024")
    }
    if taskBytes < 1 { throw SettingsError(setting: "task-bytes", message: "must be at least 1") }
  }

  /// What the readers need of this.
  package var readSettings: ReadSettings {
    var settings = ReadSettings()
    settings.textField = textField
    settings.idField = idField
    settings.maximumRecordByteCount = maximumRecordBytes
    return settings
  }

  /// What the text decoder needs of this.
  package var decodeSettings: DecodeSettings {
    var settings = DecodeSettings()
    settings.invalid = invalidBytes
    settings.detectCharset = detectCharset
    return settings
  }
}
