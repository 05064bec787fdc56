internal import ByteKernels
internal import FoundationEssentials

extension SparkPipelineModel {
  /// Writes a model as a PipelineModel that Spark 3 and 4 load and that scores there without any
  /// difference; the same model gives the same bytes.
  ///
  /// Other files of the folder stay, and a model of Spark's that is there is replaced: for a moment there is
  /// none. Refuses a folder whose `metadata` or `stages` are something else, and a model whose terms Spark
  /// does not know.
  package static func write(
    _ model: LinearModel, to directory: String
  ) throws(QualityModelError) {
    let stages = try SparkStageFiles(model, directory).stages
    let scratch = "\(directory)/.spark.tmp.\(SparkStageFile.digits(.random(in: 0...(.max))))"
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    do throws(FileError) {
      try FileSystem.makeFolder(directory)
      try write(stages, to: scratch)
    } catch {
      throw QualityModelError(path: error.path, message: error.reason)
    }
    try remove(from: directory)
    do {
      // Without its metadata a folder is no model yet.
      for name in parts.reversed() {
        try FileManager.default.moveItem(
          atPath: "\(scratch)/\(name)", toPath: "\(directory)/\(name)")
      }
    } catch {
      throw QualityModelError(path: directory, message: "cannot be put in its place: \(error)")
    }
    FileSystem.flushFolder(directory)
  }

  /// Removes a model of Spark's from a folder, if there is one, and leaves the other files.
  package static func remove(from directory: String) throws(QualityModelError) {
    let present = try removableParts(of: directory)
    do {
      for name in present { try FileManager.default.removeItem(atPath: "\(directory)/\(name)") }
    } catch {
      throw QualityModelError(path: directory, message: "cannot be cleared: \(error)")
    }
  }

  /// Refuses what `remove` refuses, and leaves all as it is.
  package static func checkRemovable(from directory: String) throws(QualityModelError) {
    _ = try removableParts(of: directory)
  }

  private static func removableParts(
    of directory: String
  ) throws(QualityModelError) -> [String] {
    let present = parts.filter { FileSystem.status("\(directory)/\($0)") != nil }
    guard present.isEmpty || isRemovable(directory, present) else {
      throw QualityModelError(
        path: directory,
        message: "has a '\(present[0])' that is no PipelineModel's; name another folder")
    }
    return present
  }

  /// Whether the parts are a PipelineModel's; its stages alone are what a kill leaves.
  private static func isRemovable(_ directory: String, _ present: [String]) -> Bool {
    if present.contains("metadata") {
      return (try? SparkStage(directory: directory))?.kind == "PipelineModel"
    }
    let stages = (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/stages")) ?? []
    return !stages.isEmpty
      && stages.allSatisfy { isPipelineModel(directory: "\(directory)/stages/\($0)") }
  }

  /// What a model of Spark's is made of, in the order to remove it.
  private static let parts = ["metadata", "stages"]

  private static func write(
    _ stages: [SparkStageFile], to folder: String
  ) throws(FileError) {
    let uids = stages.map(\.uid)
    var root = SparkStageFile(
      kind: "PipelineModel", parameters: [("stageUids", .strings(uids))])
    root.package = "org.apache.spark.ml"
    try publish(root, uid: root.uid, to: folder)
    let width = String(stages.count).count
    for (index, stage) in stages.enumerated() {
      let number = String(index)
      let padded = String(repeating: "0", count: width - number.count) + number
      try publish(stage, uid: uids[index], to: "\(folder)/stages/\(padded)_\(uids[index])")
    }
  }

  private static func publish(
    _ stage: SparkStageFile, uid: String, to folder: String
  ) throws(FileError) {
    try publish(stage.json(uid: uid), to: "\(folder)/metadata", name: "part-00000")
    if let data = stage.data {
      try publish(data, to: "\(folder)/data", name: "part-00000.parquet")
    }
    FileSystem.flushFolder(folder)
  }

  /// A file and the mark that Spark sets beside those that are complete.
  private static func publish(
    _ content: [UInt8], to folder: String, name: String
  ) throws(FileError) {
    try FileSystem.makeFolder(folder)
    for (name, bytes) in [(name, content), ("_SUCCESS", [])] {
      let file = try OutputFile(path: "\(folder)/\(name)", isChecksummed: false)
      try file.write(bytes)
      _ = try file.publish()
    }
    FileSystem.flushFolder(folder)
  }
}
