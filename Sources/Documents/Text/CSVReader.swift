/// Reads comma-separated values; the setting `csv-delimiter` names another separator of cells.
struct CSVReader: RecordSource {
  static let name = "csv"
  static let endings = [".csv"]

  private var rows: DelimitedReader

  static func cutsText(_ settings: ReadSettings) -> Bool { true }

  static func cutRule(_ settings: ReadSettings) -> CutRule { DelimitedReader.cutRule }

  init(settings: ReadSettings, baseName: String) {
    rows = DelimitedReader(
      settings: settings, baseName: baseName, delimiter: settings.cellDelimiter)
  }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? { rows.next(&stream) }
}
