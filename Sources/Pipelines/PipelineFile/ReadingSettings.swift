package import Documents
package import TextAnalysis

extension ShardFormat: SettingChoice {}
extension TextUnit: SettingChoice {}

/// The `read` section of a pipeline file: how records become documents.
package struct ReadingSettings: StepSettings {
  package var format = ShardFormat.auto
  package var textUnit = TextUnit.file
  package var textSeparator = #"\n\u001E\n"#
  package var csvHeader = true
  package var csvDelimiter = ","
  package var textField = "text"
  package var idField = "id"
  package var maximumRecordBytes = 32 << 20
  package var maximumLineBytes = 32 << 20
  package var maximumExpansion = 250
  package var maximumNesting = 1000
  package var maximumWindowLog = 27
  package var invalidBytes = InvalidBytes.replace
  package var detectCharset = true
  package var keepDropped = true
  package var taskBytes = 0

  package init() {}

  package static var settings: [Setting<ReadingSettings>] {
    [
      .init(
        "format", \.format, "what the inputs are; auto asks the bytes and the name of each"),
      .init("text-unit", \.textUnit, "what one document is in plain text"),
      .init(
        "text-separator", \.textSeparator,
        "what stands between the documents of text-unit separator; \\n, \\t, \\u001E and \\xFF are undone"
      ),
      .init(
        "csv-header", \.csvHeader,
        "the first row of CSV and TSV names the columns; else they are called 1, 2, 3"),
      .init("csv-delimiter", \.csvDelimiter, "the character between the cells of CSV"),
      .init("text-field", \.textField, "the JSON member or CSV column that holds the text"),
      .init("id-field", \.idField, "the JSON member or CSV column that holds the document's id"),
      .init(
        "maximum-record-bytes", \.maximumRecordBytes,
        "longer records are counted as failed and never held in memory"),
      .init(
        "maximum-line-bytes", \.maximumLineBytes,
        "longer lines are counted as failed and never held in memory"),
      .init(
        "maximum-expansion", \.maximumExpansion,
        "compressed data that comes to more than so many times its size is given up, once it has "
          + "come to 1 GiB (an HTTP body: 4 MiB)"),
      .init(
        "maximum-nesting", \.maximumNesting,
        "JSON values nested deeper are counted as failed; content encodings never nest deeper than 5"
      ),
      .init(
        "maximum-window-log", \.maximumWindowLog,
        "zstd frames and xz streams that need a larger window (2 to this power, in bytes) are "
          + "refused"),
      .init(
        "invalid-bytes", \.invalidBytes,
        "bytes that are no text in their charset: U+FFFD, removed, or the document is dropped"),
      .init(
        "detect-charset", \.detectCharset,
        "guess the charset of text that declares none and is not UTF-8"),
      .init("keep-dropped", \.keepDropped, "write dropped documents to dropped/<step>/"),
      .init(
        "task-bytes", \.taskBytes,
        "bytes, as stored, that one task reads; larger files are cut where their format allows it. "
          + "0 is 16 MiB, or more where that would make above 8192 tasks"),
    ]
  }

  package func validate() throws(SettingsError) {
    if TextEscapes.bytes(textSeparator)?.isEmpty != false {
      throw SettingsError(
        setting: "text-separator",
        message:
          "must not be empty, and write a backslash as \\\\; known are \\n \\r \\t \\f \\0 \\xHH \\uHHHH"
      )
    }
    let delimiter = TextEscapes.bytes(csvDelimiter) ?? []
    if delimiter.count != 1 || [0x0A, 0x0D, 0x22].contains(delimiter[0]) {
      throw SettingsError(
        setting: "csv-delimiter", message: "must be one ASCII character, no quote and no line end")
    }
    if !(1024...1 << 30).contains(maximumRecordBytes) {
      throw SettingsError(
        setting: "maximum-record-bytes", message: "must be from 1024 to 1073741824")
    }
    if !(1024...1 << 30).contains(maximumLineBytes) {
      throw SettingsError(setting: "maximum-line-bytes", message: "must be from 1024 to 1073741824")
    }
    if !(1...1 << 30).contains(maximumExpansion) {
      throw SettingsError(setting: "maximum-expansion", message: "must be from 1 to 1073741824")
    }
    if !(1...1000).contains(maximumNesting) {
      throw SettingsError(setting: "maximum-nesting", message: "must be from 1 to 1000")
    }
    if !(10...31).contains(maximumWindowLog) {
      throw SettingsError(setting: "maximum-window-log", message: "must be from 10 to 31")
    }
    if taskBytes < 0 { throw SettingsError(setting: "task-bytes", message: "must be at least 0") }
  }

  /// What the readers need of this.
  package var readSettings: ReadSettings {
    var settings = ReadSettings()
    settings.format = format
    settings.textUnit = textUnit
    settings.textSeparator = TextEscapes.bytes(textSeparator) ?? settings.textSeparator
    settings.hasColumnNames = csvHeader
    settings.cellDelimiter = TextEscapes.bytes(csvDelimiter)?.first ?? settings.cellDelimiter
    settings.textField = textField
    settings.idField = idField
    settings.maximumRecordByteCount = maximumRecordBytes
    settings.maximumLineByteCount = maximumLineBytes
    settings.maximumExpansion = maximumExpansion
    settings.maximumNesting = maximumNesting
    settings.maximumWindowLog = maximumWindowLog
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
