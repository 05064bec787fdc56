import FoundationEssentials

/// Every file below a folder with its bytes, for comparing what two runs wrote.
struct FolderContents: Equatable {
  let files: [String: [UInt8]]

  /// Leaves out what may differ between equal runs: what the stages cost.
  init(runFolder path: String) throws {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder),
        !isFolder, name != "timings.json"
      else { continue }
      files[name] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    }
    self.files = files
  }

  /// The names of files that are not in both with the same bytes.
  func differences(from other: FolderContents) -> [String] {
    Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
  }
}
