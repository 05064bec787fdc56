internal import ByteKernels
internal import FoundationEssentials

extension SparkPipelineModel {
  /// Writes a model as a PipelineModel that Spark 3 and 4 load and that scores there without any
  /// difference; the same model gives the same bytes.
  ///
  /// The folder appears whole or not at all. One that is there already is replaced when it is empty or holds
  /// such a model and nothing else, and refused otherwise; so is a model whose terms Spark does not know.
  package static func write(
    _ model: LinearModel, to directory: String
  ) throws(QualityModelError) {
    let stages = try SparkStageFiles(model, directory).stages
    try checkReplaceable(directory)
    let path = FileSystem.absolute(directory)
    let suffix = SparkStageFile.digits(UInt64.random(in: 0...UInt64.max))
    let scratch = "\(path).tmp.\(suffix)"
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    do throws(FileError) {
      try write(stages, to: scratch)
    } catch {
      throw QualityModelError(path: error.path, message: error.reason)
    }
    do {
      if FileSystem.status(path) != nil {
        let old = "\(scratch).old"
        try FileManager.default.moveItem(atPath: path, toPath: old)
        try FileManager.default.moveItem(atPath: scratch, toPath: path)
        try FileManager.default.removeItem(atPath: old)
      } else {
        try FileManager.default.moveItem(atPath: scratch, toPath: path)
      }
    } catch {
      throw QualityModelError(path: directory, message: "cannot be put in its place: \(error)")
    }
  }

  private static func checkReplaceable(_ directory: String) throws(QualityModelError) {
    guard let status = FileSystem.status(directory) else { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let isModel = isPipelineModel(directory: directory)
    let hasOthers = names.contains { !["metadata", "stages"].contains($0) }
    guard status.isDirectory, names.isEmpty || isModel && !hasOthers else {
      throw QualityModelError(
        path: directory,
        message: "is there and is no model of Spark's alone; name a folder that is not there")
    }
  }

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
