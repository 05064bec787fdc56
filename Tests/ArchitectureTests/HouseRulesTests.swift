import FoundationEssentials
import TestSupport
import Testing

struct HouseRulesTests {
  @Test func `no source file is longer than 400 lines and no test longer than 500`() throws {
    for (folder, ceiling) in [("Sources", 400), ("Tests", 500)] {
      let files = try SourceTree.swiftFiles(under: folder)
      #expect(!files.isEmpty)
      for file in files where !file.path.contains("/Generated/") {
        #expect(file.lines.count <= ceiling, "\(file.path) has \(file.lines.count) lines")
      }
    }
  }

  @Test func `unsafe code has two addresses: ByteKernels, and the Kernels folder of a target`()
    throws
  {
    let forbidden = [
      "unsafe ", "@unchecked", "UnsafePointer", "UnsafeMutable", "UnsafeRaw", "UnsafeBuffer",
    ]
    for file in try SourceTree.swiftFiles(under: "Sources") {
      if file.target == "ByteKernels" || file.path.contains("/Kernels/") { continue }
      for (number, line) in file.lines.enumerated() {
        let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
        for word in forbidden where code.contains(word) {
          Issue.record("\(file.path):\(number + 1): \(word)")
        }
      }
    }
  }

  @Test func `file names are unique, without spaces, and say what is inside`() throws {
    var seen: [String: String] = [:]
    let vague = ["Utilities", "Helpers", "Common", "Core", "Manager"]
    for file in try SourceTree.swiftFiles(under: "Sources") {
      let name = String(file.path.split(separator: "/").last ?? "")
      #expect(!name.contains(" "), "\(file.path)")
      #expect(seen[name] == nil, "\(file.path) and \(seen[name] ?? "")")
      for word in vague { #expect(!name.contains(word), "\(file.path)") }
      seen[name] = file.path
    }
  }
}
