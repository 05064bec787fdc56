internal import ByteKernels
internal import Deduplication
internal import FoundationEssentials

/// The folder of an index of signatures: `index.json`, and a folder in `dumps/` for each dump.
///
/// A dump's files are there before `index.json` names them and stay as they are, so a reader needs no
/// lock, and whoever is killed while adding a dump leaves the index as it was.
struct IndexFolder {
  let path: String

  /// Of a dump's folder that is not whole yet.
  private static let newEnding = ".new"

  private var indexPath: String { "\(path)/index.json" }
  private var lockPath: String { "\(path)/.lock" }
  private var dumpsPath: String { "\(path)/dumps" }

  private func dumpPath(_ name: String) -> String { "\(dumpsPath)/\(name)" }
  private func filesPath(_ name: String) -> String { "\(dumpPath(name))/dump.json" }

  /// Where the files of a dump's shards are, without their endings.
  func prefixes(of dump: SignatureIndex.Dump) -> [String] {
    (0..<dump.shardCount).map { "\(dumpPath(dump.name))/\(RunFolder.number($0))" }
  }

  /// The index as it is; nil when there is none.
  ///
  /// Refuses one made under other settings.
  func read(for settings: DeduplicationSettings, seed: Int) throws -> SignatureIndex? {
    if FileSystem.status(path)?.isDirectory == false { throw foreign("is no folder") }
    guard FileSystem.status(indexPath) != nil else {
      if let file = FileSystem.status(path).flatMap({ _ in strangers.first }) {
        throw foreign("holds '\(file)' and no index; name the folder of an index, or a new one")
      }
      return nil
    }
    let index: SignatureIndex
    do {
      index = try JSONFile.read(SignatureIndex.self, from: indexPath) ?? .init(settings, seed: seed)
    } catch is RunError {
      throw PipelineError(
        file: indexPath, message: "is not what this program writes; name the folder of an index")
    }
    guard index.format == SignatureIndex.currentFormat else {
      throw PipelineError(
        file: indexPath,
        message: "has format \(index.format), this program reads \(SignatureIndex.currentFormat)")
    }
    if let fault = index.fault {
      throw PipelineError(
        file: indexPath,
        message: "is damaged: \(fault); put the index back from a copy, or make a new one")
    }
    if let difference = index.difference(from: SignatureIndex(settings, seed: seed)) {
      throw PipelineError(
        file: indexPath,
        message: "was made with \(difference); give the same, or name another index")
    }
    return index
  }

  /// Refuses a dump of which a file is missing or has another size, or whose files are not those of
  /// as many shards as it says.
  func check(_ dump: SignatureIndex.Dump) throws {
    let path = filesPath(dump.name)
    guard FileSystem.status(path) != nil,
      try Hexadecimal.digits(Fingerprint.whole(path)) == dump.checksum,
      let listed = try JSONFile.read(DumpFiles.self, from: path)
    else { throw damaged(path) }
    let shards = Set(listed.files.map { String($0.name.prefix { $0 != "." }) })
    guard shards.count == dump.shardCount,
      (0..<dump.shardCount).allSatisfy({ shards.contains(RunFolder.number($0)) })
    else { throw damaged(path) }
    for file in listed.files {
      let path = "\(dumpPath(dump.name))/\(file.name)"
      guard FileSystem.status(path)?.byteCount == file.byteCount else { throw damaged(path) }
    }
  }

  /// Adds the files of a run to the index as a dump that has the run's name; one that is there
  /// already stays.
  ///
  /// `planned` are the dumps that the run was compared with: when there are others by now, the run's
  /// documents may be like theirs, and nothing is added.
  func add(
    _ name: String, shardCount: Int, documentCount: Int, files: [(path: String, DumpFiles.File)],
    planned: [SignatureIndex.Dump], to empty: SignatureIndex, _ settings: DeduplicationSettings
  ) throws {
    try FileSystem.makeFolder(dumpsPath)
    guard let lock = try FileLock(path: lockPath, .exclusive) else {
      throw RunError(
        path: path,
        message: "another run is adding to the index; run the same command again when it is done")
    }
    defer { withExtendedLifetime(lock) {} }
    var index = try read(for: settings, seed: empty.seed) ?? empty
    if index.dumps.contains(where: { $0.name == name }) { return }
    guard index.dumps == planned else {
      throw RunError(
        path: indexPath,
        message: "has changed since this run was planned, so its documents were not compared with "
          + "all of the index; run the command with a new --output")
    }
    try removeLeftovers(of: name)
    let checksum = try write(name, files)
    index.dumps.append(
      SignatureIndex.Dump(
        name: name, shardCount: shardCount, documentCount: documentCount, checksum: checksum))
    try JSONFile.write(index, to: indexPath)
    FileSystem.flushFolder(path)
  }

  /// Makes the folder of a dump, whole or not at all, and gives the checksum of its list of files.
  private func write(
    _ name: String, _ files: [(path: String, DumpFiles.File)]
  ) throws -> String {
    let temporary = dumpPath(name + Self.newEnding)
    try FileSystem.makeFolder(temporary)
    for (path, file) in files { try copy(path, file, to: "\(temporary)/\(file.name)") }
    let list = try OutputFile(path: "\(temporary)/dump.json")
    try list.write(try JSONFile.encode(DumpFiles(files: files.map(\.1))))
    let checksum = try list.publish().checksum
    FileSystem.flushFolder(temporary)
    try FileManager.default.moveItem(atPath: temporary, toPath: dumpPath(name))
    FileSystem.flushFolder(dumpsPath)
    return Hexadecimal.digits(checksum)
  }

  /// A copy of its own: what happens to the run's folder does not touch the index.
  private func copy(_ path: String, _ file: DumpFiles.File, to target: String) throws {
    let published = try FileCopy.publish(path, to: target)
    guard Hexadecimal.digits(published.checksum) == file.checksum else {
      throw RunError.damaged(path)
    }
  }

  /// What runs that were killed while they added their dump have left, this one's whole dump included.
  private func removeLeftovers(of name: String) throws {
    for folder in try FileManager.default.contentsOfDirectory(atPath: dumpsPath)
    where folder == name || folder.hasSuffix(Self.newEnding) {
      try FileManager.default.removeItem(atPath: dumpPath(folder))
    }
    for file in FileSystem.files(in: path)
    where OutputFile.isTemporaryName(FileSystem.baseName(file)) {
      FileSystem.removeFile(file)
    }
  }

  /// What is in a folder that is no index yet and was not left by a run that began one.
  private var strangers: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().filter {
      $0 != ".lock" && $0 != "dumps" && !OutputFile.isTemporaryName($0)
    }
  }

  private func foreign(_ message: String) -> PipelineError {
    PipelineError(file: path, message: message)
  }

  private func damaged(_ path: String) -> PipelineError {
    PipelineError(
      file: path,
      message: "is damaged or missing; put the index back from a copy, or make a new one")
  }
}
