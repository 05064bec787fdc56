/// How a file of documents is compressed.
package enum OutputCompression: String, CaseIterable, Sendable {
  case none = ""
  case gzip = ".gz"
  case zstd = ".zst"

  /// By the ending of the file's name.
  package init(path: String) {
    self = Self.allCases.last { path.hasSuffix($0.rawValue) } ?? .none
  }
}
