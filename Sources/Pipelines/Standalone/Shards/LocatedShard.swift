internal import ByteKernels
internal import Packing

/// A shard that a path on the command line has led to.
struct LocatedShard {
  /// The file its reader is opened with.
  let path: String
  let format: TokenShardFormat
  /// Nil for a shard that no set describes.
  let folder: ShardSetFolder?
  let entry: ShardSet.Shard?
  /// Nil when there is none.
  let provenancePath: String?
  let hints: TokenShardHints

  /// Finds the shard by any of its files, its provenance included, or by what they have in common
  /// before their endings.
  init(_ path: String, hints: TokenShardHints = TokenShardHints()) throws {
    let folder = try ShardSetFolder(around: path)
    if let folder, let entry = folder.shard(at: path) {
      try self.init(entry, in: folder)
    } else {
      try self.init(apart: path, hints: hints)
    }
  }

  /// False when a path leads to no shard; throws when it does by its name and cannot be read.
  static func isShard(_ path: String, _ hints: TokenShardHints) throws -> Bool {
    if let folder = try ShardSetFolder(around: path), folder.shard(at: path) != nil { return true }
    let ending = ProvenanceWriter.path(ofShard: "")
    let stem = path.hasSuffix(ending) ? String(path.dropLast(ending.count)) : path
    if TokenShardFormat.recognise(stem) != nil { return true }
    // Documents come in tables and archives of these names too.
    let named = TokenShardFormat.allCases.filter { $0 != .parquet && $0 != .webdataset }
    let layouts = named.map(\.layout)
    for layout in layouts where path.hasSuffix(layout.fileEndings[0]) {
      _ = try layout.reader(path, hints)
    }
    if path.hasSuffix(ending) || layouts.contains(where: { path.hasSuffix($0.fileEndings[0]) }) {
      throw RunError(
        path: path, message: "is named as a shard, but belongs to none that can be read")
    }
    return false
  }

  /// A shard by itself, whatever describes it.
  init(apart path: String, hints: TokenShardHints) throws {
    let full = FileSystem.absolute(path)
    let ending = ProvenanceWriter.path(ofShard: "")
    let stem = full.hasSuffix(ending) ? String(full.dropLast(ending.count)) : full
    guard let (format, first) = TokenShardFormat.recognise(stem) else {
      throw PipelineError(file: path, message: "leads to no token shard of a format that is read")
    }
    let prefix = format.layout.fileEndings.first { first.hasSuffix($0) }
      .map { String(first.dropLast($0.count)) }
    let provenance = ProvenanceWriter.path(ofShard: prefix ?? stem)
    self.path = first
    self.format = format
    folder = nil
    entry = nil
    provenancePath = FileSystem.status(provenance) == nil ? nil : provenance
    self.hints = hints
  }

  /// A shard as its set names it.
  init(_ entry: ShardSet.Shard, in folder: ShardSetFolder) throws {
    guard let format = TokenShardFormat(rawValue: folder.set.format) else {
      throw RunError(
        path: "\(folder.path)/\(ShardSet.fileName)",
        message: "the format '\(folder.set.format)' is unknown")
    }
    let paths = entry.files.map(folder.path(of:))
    guard let first = paths.first(where: { format.layout.recognises($0) }) else {
      throw RunError(
        path: paths.first { !$0.hasSuffix(".provenance") } ?? "\(folder.path)/\(entry.name)",
        message: "is missing, or no shard of the format \(format.rawValue)")
    }
    path = first
    self.format = format
    self.folder = folder
    self.entry = entry
    let provenance = ProvenanceWriter.path(ofShard: "\(folder.path)/\(entry.name)")
    provenancePath = FileSystem.status(provenance) == nil ? nil : provenance
    hints = folder.hints
  }

  func makeReader() throws -> any TokenShardReader { try format.layout.reader(path, hints) }

  /// Nil when the shard has none; one whose columns are damaged is refused here, as whoever asks it
  /// trusts them.
  func makeProvenance() throws -> ProvenanceReader? {
    guard let provenancePath else { return nil }
    let provenance = try ProvenanceReader(path: provenancePath)
    try provenance.verifyPieces()
    if provenance.hasLossMask, folder?.set.hasLossMasks == false {
      throw RunError(
        path: provenancePath,
        message:
          "holds loss masks, and \(ShardSet.fileName) says that there are none; one of them is "
          + "damaged or of another set")
    }
    return provenance
  }
}
