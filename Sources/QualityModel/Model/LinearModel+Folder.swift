package import ByteKernels
internal import FoundationEssentials

/// A model on disk: a folder with `model.json`, for people too, and `weights.bin`.
extension LinearModel {
  private static let descriptionName = "model.json"
  private static let weightsName = "weights.bin"

  /// Whether a folder is one that `write` made.
  static func isModel(directory: String) -> Bool {
    FileSystem.status("\(directory)/\(descriptionName)") != nil
  }

  /// Reads the model in a folder.
  package init(directory: String) throws(QualityModelError) {
    let path = "\(directory)/\(Self.descriptionName)"
    let bytes = try Self.read(path)
    let description = try Self.description(bytes, path)
    let weightsPath = "\(directory)/\(Self.weightsName)"
    let weightBytes = try Self.read(weightsPath)
    let (weights, frequencies) = try WeightsFile.parse(
      weightBytes.span, weightsPath, description,
      descriptionChecksum: XXH64.hash(bytes.span))
    self.init(
      features: description.features, labels: description.labels, weights: weights,
      inverseDocumentFrequencies: frequencies, decision: description.decision,
      training: description.training)
  }

  /// Writes the model into a folder, made if need be, and returns the files.
  @discardableResult
  package func write(to directory: String) throws(QualityModelError) -> [OutputFile.Published] {
    let path = "\(directory)/\(Self.descriptionName)"
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    guard let data = try? encoder.encode(ModelDescription(self)) else {
      throw QualityModelError(
        path: path, message: "cannot be written: an intercept is not a finite number")
    }
    let description = [UInt8](data) + [UInt8(ascii: "\n")]
    let checksum = XXH64.hash(description.span)
    do throws(FileError) {
      try FileSystem.makeFolder(directory)
      let files = [
        try Self.settled(description, path),
        try Self.settled(
          WeightsFile.bytes(self, descriptionChecksum: checksum),
          "\(directory)/\(Self.weightsName)"),
      ]
      var published: [OutputFile.Published] = []
      for file in files { published.append(try file.publish()) }
      FileSystem.flushFolder(directory)
      return published
    } catch {
      throw QualityModelError(path: error.path, message: error.reason)
    }
  }

  /// A file that is on the disk, but not under its name yet: a full disk costs no model that is there.
  private static func settled(_ bytes: [UInt8], _ path: String) throws(FileError) -> OutputFile {
    let file = try OutputFile(path: path)
    try file.write(bytes)
    try file.settle()
    return file
  }

  private static func read(_ path: String) throws(QualityModelError) -> [UInt8] {
    do throws(FileError) {
      var bytes: [UInt8] = []
      let file = try InputFile(path: path)
      while try file.read(into: &bytes, limit: 1 << 16) > 0 {}
      return bytes
    } catch {
      throw QualityModelError(path: path, message: error.reason)
    }
  }

  private static func description(
    _ bytes: [UInt8], _ path: String
  ) throws(QualityModelError) -> ModelDescription {
    let data = Data(bytes)
    guard let heading = try? JSONDecoder().decode(ModelHeading.self, from: data),
      heading.kind == ModelDescription.ourKind
    else {
      throw QualityModelError(
        path: path,
        message: "does not describe a quality model; name a folder `quality train` wrote")
    }
    guard heading.version == ModelDescription.ourVersion else {
      throw QualityModelError(
        path: path,
        message: "has version \(heading.version); this program reads \(ModelDescription.ourVersion)"
      )
    }
    guard let description = try? JSONDecoder().decode(ModelDescription.self, from: data),
      description.isConsistent
    else {
      throw QualityModelError(path: path, message: "is damaged; copy the model again")
    }
    return description
  }
}
