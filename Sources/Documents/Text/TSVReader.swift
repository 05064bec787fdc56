/// Reads tab-separated values, with quotes as in CSV.
struct TSVReader: RecordSource {
  static let name = "tsv"
  static let endings = [".tsv", ".tab"]

  private var rows: DelimitedReader

  static func cutsText(_ settings: ReadSettings) -> Bool { true }

  static func cutRule(_ settings: ReadSettings) -> CutRule { DelimitedReader.cutRule }

  init(settings: ReadSettings, baseName: String) {
    rows = DelimitedReader(settings: settings, baseName: baseName, delimiter: UInt8(ascii: "\t"))
  }

  mutating func next(_ stream: inout ShardStream) -> ReadEvent? { rows.next(&stream) }
}
