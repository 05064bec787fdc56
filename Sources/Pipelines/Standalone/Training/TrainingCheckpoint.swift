internal import ByteKernels
internal import TextAnalysis
internal import Tokenization

/// The folder `.gristmill-training` beside a tokenizer that is being trained: what has been counted,
/// for the same training begun again after it was stopped.
///
/// Only files that training names so are ever removed.
struct TrainingCheckpoint: Sendable {
  /// What was counted of some input files, or of all.
  struct Counted: Codable {
    /// Count files, by their names in the folder.
    var files: [String] = []
    var ledger = StageLedger()
    var failures: [Manifest.Failure] = []
  }

  private struct Identity: Codable, Equatable {
    let version: Int
    let inputs: [String]
    let settings: [String]
  }

  private let folder: String

  /// Opens the folder; what another training left there is removed.
  ///
  /// Refuses a folder with files that no training has written.
  init(
    _ output: String, inputs: [String], reading: ReadingSettings, settings: TokenizerSettings
  ) throws {
    folder = Self.folder(output)
    let identity = try Self.identity(inputs, reading, settings)
    let earlier = try? JSONFile.read(Identity.self, from: "\(folder)/inputs.json")
    let names = FileSystem.files(in: folder).map(FileSystem.baseName).filter { $0 != "lock" }
    let isOurs = earlier != nil || names.allSatisfy(OutputFile.isTemporaryName)
    if let foreign = names.first(where: { !isOurs || !Self.isOwn($0) }) {
      throw RunError(
        path: "\(folder)/\(foreign)",
        message: "was not written by training, whose folder this is; remove it, or name another "
          + "output")
    }
    for name in names {
      let isKept = earlier == identity && (name.hasSuffix(".json") || name.hasSuffix(".counts"))
      if !isKept { FileSystem.removeFile("\(folder)/\(name)") }
    }
    if earlier != identity { try JSONFile.write(identity, to: "\(folder)/inputs.json") }
  }

  private static func folder(_ output: String) -> String { "\(output)/.gristmill-training" }

  /// Whether training gives a file such a name.
  private static func isOwn(_ name: String) -> Bool {
    let stem = name.prefix { $0 != "." && $0 != "-" }
    let isCounting = ["part", "join", "all"].contains(stem)
    return name == "lock" || name == "inputs.json" || OutputFile.isTemporaryName(name)
      || (isCounting && [".json", ".counts", ".run"].contains { name.hasSuffix($0) })
  }

  /// Makes the folder and takes it; refuses while another process trains into the same one.
  static func lock(_ output: String) throws -> FileLock {
    try FileSystem.makeFolder(folder(output))
    guard let lock = try FileLock(path: "\(folder(output))/lock", .exclusive) else {
      throw RunError(path: output, message: "another process trains a tokenizer into this folder")
    }
    return lock
  }

  private static func identity(
    _ inputs: [String], _ reading: ReadingSettings, _ settings: TokenizerSettings
  ) throws -> Identity {
    // Neither the size of the vocabulary nor its special tokens matter for counting.
    let names = [
      "algorithm", "pattern", "split-digits", "split-scripts", "normalization", "source-field",
      "source-weights", "sampling-temperature", "sample-share", "sample-seed",
    ]
    let counting = ResolvedSetting.all(of: settings).filter { names.contains($0.name) }
    return Identity(
      version: 1,
      inputs: inputs.map { path in
        let byteCount = FileSystem.status(path)?.byteCount ?? 0
        let isFile = FileSystem.status(path)?.isRegularFile == true
        let digits = isFile ? try? Fingerprint.sampled(path, byteCount: byteCount) : nil
        // What cannot be read twice is another text each time.
        let content = Hexadecimal.digits(digits ?? UInt64.random(in: .min ... .max))
        // Samples miss what is written over between them.
        return "\(path) \(content) \(FileSystem.revision(path) ?? "")"
      },
      settings: (ResolvedSetting.all(of: reading) + counting).map {
        "\($0.name): \($0.value.yaml)"
      })
  }

  /// Where the counts of everything go.
  var countsPath: String { "\(folder)/all.counts" }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// What an earlier process has counted under a name; nil when it did not come to that, or when what
  /// it says of it cannot be read.
  func counted(_ name: String) -> Counted? {
    guard let counted = try? JSONFile.read(Counted.self, from: path("\(name).json")) else {
      return nil
    }
    return counted.files.allSatisfy { FileSystem.status(path($0)) != nil } ? counted : nil
  }

  /// Reads counts of the folder; of damaged ones the error says how the training can begin again.
  func reading<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TokenizationError
      where error.byteOffset != nil && error.path.hasPrefix(folder + "/")
    {
      throw RunError(
        path: error.path, message: "\(error.message): remove \(folder) and run the same command")
    }
  }

  func save(_ counted: Counted, as name: String) throws {
    try JSONFile.write(counted, to: path("\(name).json"))
  }

  /// Removes everything: the tokenizer is written.
  func remove() {
    for path in FileSystem.files(in: folder) where Self.isOwn(FileSystem.baseName(path)) {
      FileSystem.removeFile(path)
    }
    FileSystem.removeEmptyFolder(folder)
  }
}
