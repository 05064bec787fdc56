import FoundationEssentials
import TestSupport
import Testing

/// The rows of the house, and what each target may import beside the standard library.
struct LayeringTests {
  static let rows: [String: Int] = [
    "CKernels": 0, "CZstd": 0, "CISAL": 0, "CText": 0, "CGumbo": 0,
    "CBzip2": 0, "CLZMA": 0, "CLZ4": 0, "CBrotli": 0, "CSnappy": 0, "ByteKernels": 0,
    "Documents": 1, "TextAnalysis": 1, "Reports": 1,
    "Extraction": 2, "Curation": 2, "QualityModel": 2, "Deduplication": 2, "Tokenization": 2,
    "Packing": 2,
    "Pipelines": 3, "GristmillTokenizer": 3, "GristmillShards": 3,
    "gristmill": 4,
  ]
  static let outside: [String: Set<String>] = [
    "Glibc": ["ByteKernels"],
    "FoundationEssentials": [
      "QualityModel", "Tokenization", "Pipelines", "GristmillTokenizer", "GristmillShards",
      "gristmill",
    ],
    "Synchronization": [
      "TextAnalysis", "QualityModel", "Tokenization", "Pipelines", "GristmillTokenizer",
      "gristmill",
    ],
    "Yams": ["Pipelines"],
    "Logging": ["gristmill"],
    "ArgumentParser": ["gristmill"],
  ]

  @Test func `a target imports only from rows below`() throws {
    let files = try SourceTree.swiftFiles(under: "Sources")
    #expect(!files.isEmpty)
    for file in files {
      let target = file.target
      guard let row = Self.rows[target] else {
        Issue.record("\(file.path): target \(target) has no row")
        continue
      }
      for imported in file.imports {
        if let importedRow = Self.rows[imported] {
          let isKernelOfItsRow = row == 0 && target == "ByteKernels" && imported.hasPrefix("C")
          #expect(importedRow < row || isKernelOfItsRow, "\(file.path) imports \(imported)")
        } else {
          #expect(
            Self.outside[imported]?.contains(target) == true, "\(file.path) imports \(imported)")
        }
      }
    }
  }
}
