/// What the name of a shard says: its format and compression, in either case.
package struct ShardName: Sendable, Equatable {
  /// The base name without endings of compression and of formats that are read: `pages` of
  /// `crawl/pages.warc.wet.gz`.
  package let stem: String
  /// The ending that tells the format, in lower case, compression left out: `.csv` of `Data.CSV.gz`;
  /// empty when the name has none.
  let ending: String

  private static let compressionEndings = UnitKind.allCases.flatMap(\.nameEndings)
  private static let archiveEndings = UnitKind.allCases.flatMap(\.archiveEndings)

  package init(_ path: String) {
    var name = Substring(path.split(separator: "/").last ?? "")
    while let dot = Self.dot(name), Self.compressionEndings.contains(name[dot...].lowercased()) {
      name = name[..<dot]
    }
    let last = Self.dot(name).map { name[$0...].lowercased() } ?? ""
    ending = Self.archiveEndings.contains(last) ? TarReader.endings[0] : last
    while let dot = Self.dot(name), Self.isOfFormat(name[dot...].lowercased()) {
      name = name[..<dot]
    }
    stem = String(name)
  }

  private static func isOfFormat(_ ending: String) -> Bool {
    archiveEndings.contains(ending)
      || ReaderCatalog.readers.contains { $0.endings.contains(ending) }
  }

  /// Where the last ending begins; a dot at the beginning hides a file and begins none.
  private static func dot(_ name: Substring) -> Substring.Index? {
    name.lastIndex(of: ".").flatMap { $0 > name.startIndex ? $0 : nil }
  }
}
