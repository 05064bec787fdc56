/// What all shards of an MDS set have in common, as each of them and the index repeat it.
struct MDSConfiguration: Equatable {
  /// MDSWriter's own.
  static let usualSizeLimit = 1 << 26
  static let compression = "zstd"
  static let hash = "xxh64"

  /// In the order of their names, which is the order of their values in a sample.
  let columns: [MDSColumn]
  let isCompressed: Bool
  /// A file ends before the sample that would bring it above so many bytes.
  let sizeLimit: Int

  /// The columns of a set of token shards.
  init(_ description: TokenShardDescription, sizeLimit: Int = Self.usualSizeLimit) {
    self.sizeLimit = sizeLimit
    let length = description.sequenceLength
    let tokenType = TokenType(unsignedFor: description.vocabularySize)
    var columns = [MDSColumn(MDSLayout.tokens, tokenType, length: length)]
    var names: [String] = description.hasLossMasks ? [MDSLayout.labels] : []
    if description.hasLossMasks || description.tellsDocuments {
      names += [MDSLayout.documentIDs, MDSLayout.positionIDs]
    }
    columns += names.map { MDSColumn($0, .int32, length: length) }
    self.columns = columns.sorted { $0.name < $1.name }
    isCompressed = description.isCompressed
  }

  /// As Python's `json.dumps` writes it with its keys in order, which is in the shard.
  var text: String { "{\(members)}" }

  /// An entry of the index: a shard as its loader has to know it.
  func entry(sampleCount: Int, raw: MDSFile, packed: MDSFile?) -> String {
    """
    {\(columnMembers), "raw_data": \(raw.text), "samples": \(sampleCount), \(sizeMembers), \
    "zip_data": \(packed?.text ?? "null")}
    """
  }

  private var members: String { "\(columnMembers), \(sizeMembers)" }

  private var columnMembers: String {
    let sizes = columns.map { $0.byteCount.map(String.init) ?? "null" }
    return """
      "column_encodings": \(Self.list(columns.map { "\"\($0.encoding)\"" })), \
      "column_names": \(Self.list(columns.map { "\"\($0.name)\"" })), \
      "column_sizes": \(Self.list(sizes)), \
      "compression": \(isCompressed ? "\"\(Self.compression)\"" : "null"), \
      "format": "mds", "hashes": ["\(Self.hash)"]
      """
  }

  private var sizeMembers: String { "\"size_limit\": \(sizeLimit), \"version\": 2" }

  private static func list(_ values: [String]) -> String {
    "[\(values.joined(separator: ", "))]"
  }
}

/// A file of an MDS set as the index names it.
struct MDSFile {
  /// Its name in the folder of the split.
  let name: String
  let byteCount: Int
  let checksum: UInt64

  var text: String {
    let digits = String(checksum, radix: 16)
    let hash = String(repeating: "0", count: 16 - digits.count) + digits
    return """
      {"basename": "\(name)", "bytes": \(byteCount), \
      "hashes": {"\(MDSConfiguration.hash)": "\(hash)"}}
      """
  }
}
