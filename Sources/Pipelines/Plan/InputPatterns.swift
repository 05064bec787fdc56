internal import ByteKernels

/// The files that the inputs of a command name.
enum InputPatterns {
  static let standardInput = "-"

  /// The files that patterns match, absolute, in the order given, each once.
  ///
  /// The folder of a run stands for the documents that the run kept.
  static func expand(
    _ patterns: [String], acceptsStandardInput: Bool
  ) throws(PipelineError) -> [String] {
    var paths: [String] = []
    var seen: Set<String> = []
    for pattern in patterns {
      if pattern == standardInput {
        guard acceptsStandardInput else {
          throw PipelineError(
            file: "-", message: "a run that can be resumed needs files, not a pipe")
        }
        if seen.insert(pattern).inserted { paths.append(pattern) }
        continue
      }
      let matches = FileSystem.expand(pattern)
      if matches.isEmpty {
        throw PipelineError(file: pattern, message: "no file has this name or pattern")
      }
      for match in matches {
        for path in try files(of: FileSystem.absolute(match))
        where seen.insert(path).inserted { paths.append(path) }
      }
    }
    if paths.isEmpty { throw PipelineError(file: "--input", message: "name at least one file") }
    return paths
  }

  /// Of a run's folder the files of stage `documents`, or without any those of `curate`; else the path.
  private static func files(of path: String) throws(PipelineError) -> [String] {
    guard FileSystem.status(path)?.isDirectory == true,
      FileSystem.status(RunFolder(path: path).planPath) != nil
    else { return [path] }
    for stage in [DocumentStage.name, CurateStage.name] {
      let files = FileSystem.files(in: "\(path)/\(stage)").filter(isOfDocuments)
      if !files.isEmpty { return files }
    }
    throw PipelineError(file: path, message: "is the folder of a run that has no documents yet")
  }

  private static func isOfDocuments(_ path: String) -> Bool {
    let name = FileSystem.baseName(path)
    return name.split(separator: ".").dropFirst().first == "jsonl"
      && !OutputFile.isTemporaryName(name)
  }

  /// The shortest end of a path, whole components long, that no other path ends with.
  static func name(of path: String, among paths: [String]) -> String {
    if path == standardInput { return "standard-input" }
    let components = path.split(separator: "/")
    for count in 1..<max(2, components.count) {
      let name = components.suffix(count).joined(separator: "/")
      let rivals = paths.filter { $0 != path && ($0 == name || $0.hasSuffix("/" + name)) }
      if rivals.isEmpty { return name }
    }
    return components.joined(separator: "/")
  }

  /// `name(of:among:)` of every path, in time linear in their number when base names differ.
  static func names(of paths: [String]) -> [String] {
    let groups = Dictionary(grouping: paths, by: FileSystem.baseName)
    return paths.map { name(of: $0, among: groups[FileSystem.baseName($0)] ?? []) }
  }
}
