import FoundationEssentials

/// The repository's own source files, for tests of the house rules.
public enum SourceTree {
  /// One Swift file, with its path relative to the repository.
  public struct File: Sendable {
    /// Relative to the repository.
    public let path: String
    /// The text, without line ends.
    public let lines: [String]

    /// The folder under `Sources` or `Tests` that holds the file.
    public var target: String { String(path.split(separator: "/")[1]) }

    /// The modules named in import lines, each once.
    public var imports: Set<String> {
      var names: Set<String> = []
      for line in lines {
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position <= 2,
          words.allSatisfy({ !$0.hasPrefix("//") }), position + 1 < words.count
        else { continue }
        let modifiers = ["public", "package", "internal", "private", "fileprivate", "@testable"]
        guard words[..<position].allSatisfy({ modifiers.contains(String($0)) }) else { continue }
        let kinds = ["struct", "class", "enum", "func", "protocol", "typealias", "var", "let"]
        let rest = words[(position + 1)...].filter { !kinds.contains(String($0)) }
        if let name = rest.first { names.insert(String(name.split(separator: ".")[0])) }
      }
      return names
    }
  }

  /// The repository's root folder.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Every `.swift` file below a folder of the repository, in order of path.
  public static func swiftFiles(under folder: String) throws -> [File] {
    var files: [File] = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)").sorted()
    where path.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(root)/\(folder)/\(path)", encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      files.append(File(path: "\(folder)/\(path)", lines: lines))
    }
    return files
  }
}
