internal import ByteKernels
internal import QualityModel

/// Where a model is to be written.
enum ModelDestination {
  /// Makes the folder if it is not there, and refuses one that no model can be written into.
  ///
  /// Called before anything is read, since training can take hours.
  static func prepare(_ folder: String) throws(PipelineError) {
    if FileSystem.status(folder)?.isDirectory == false {
      throw PipelineError(file: folder, message: "is a file; --output names a folder")
    }
    do throws(FileError) {
      try FileSystem.makeFolder(folder)
      // Never published, it is gone at once: it only shows that files can be made here.
      _ = try OutputFile(path: "\(folder)/trial")
    } catch {
      throw PipelineError(file: folder, message: "no file can be made here: \(error.reason)")
    }
    do throws(QualityModelError) {
      try SparkPipelineModel.checkRemovable(from: folder)
    } catch {
      throw PipelineError(file: error.path, message: error.message)
    }
  }
}
