import FoundationEssentials

/// The files of a folder that are named `-UTF8` and are so, in order of name.
enum SampleTexts {
  static func load(folder: String, limit: Int) throws -> [String] {
    var texts: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    where name.hasSuffix("-UTF8") && texts.count < limit {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
      if let text = String(validating: bytes, as: UTF8.self) { texts.append(text) }
    }
    return texts
  }
}
