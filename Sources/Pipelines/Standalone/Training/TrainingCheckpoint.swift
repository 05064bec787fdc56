internal import ByteKernels
internal import FoundationEssentials
internal import TextAnalysis
internal import Tokenization

/// The folder `training` beside a tokenizer that is being trained: what has been counted, for the
/// same training begun again after it was stopped.
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
  init(
    _ output: String, inputs: [String], reading: ReadingSettings, settings: TokenizerSettings
  ) throws {
    folder = Self.folder(output)
    let identity = try Self.identity(inputs, reading, settings)
    let isSame = (try? JSONFile.read(Identity.self, from: "\(folder)/inputs.json")) == identity
    for path in FileSystem.files(in: folder) where FileSystem.baseName(path) != "lock" {
      let isKept = isSame && (path.hasSuffix(".json") || path.hasSuffix(".counts"))
      if !isKept { FileSystem.removeFile(path) }
    }
    if !isSame { try JSONFile.write(identity, to: "\(folder)/inputs.json") }
  }

  private static func folder(_ output: String) -> String { "\(output)/training" }

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
        return "\(path) " + Hexadecimal.digits(digits ?? UInt64.random(in: .min ... .max))
      },
      settings: (ResolvedSetting.all(of: reading) + counting).map {
        "\($0.name): \($0.value.yaml)"
      })
  }

  /// Where the counts of everything go.
  var countsPath: String { "\(folder)/all.counts" }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// What an earlier process has counted under a name; nil when it did not come to that.
  func counted(_ name: String) throws -> Counted? {
    guard let counted = try JSONFile.read(Counted.self, from: path("\(name).json")) else {
      return nil
    }
    return counted.files.allSatisfy { FileSystem.status(path($0)) != nil } ? counted : nil
  }

  func save(_ counted: Counted, as name: String) throws {
    try JSONFile.write(counted, to: path("\(name).json"))
  }

  /// Removes everything: the tokenizer is written.
  func remove() {
    try? FileManager.default.removeItem(atPath: folder)
  }
}
