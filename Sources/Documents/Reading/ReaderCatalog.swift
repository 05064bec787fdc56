/// The readers of this target, in alphabetical order.
enum ReaderCatalog {
  static let readers: [any RecordSource.Type] = [
    ARCReader.self,
    CSVReader.self,
    JSONLinesReader.self,
    ParquetReader.self,
    TarReader.self,
    TextReader.self,
    TSVReader.self,
    WARCReader.self,
  ]

  static func reader(named name: String) -> (any RecordSource.Type)? {
    readers.first { $0.name == name }
  }
}
