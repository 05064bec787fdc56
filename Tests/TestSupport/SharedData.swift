import FoundationEssentials

/// The real data that developers test with, kept outside the repository; users do not have it.
public enum SharedData {
  /// `$GRISTMILL_DATA`, or `../shared/data` beside the repository; nil when neither is there.
  public static let root: String? = {
    let repository = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let beside = repository.deletingLastPathComponent().appendingPathComponent("shared/data").path
    let candidates = [ProcessInfo.processInfo.environment["GRISTMILL_DATA"], beside]
    return candidates.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0) }
  }()

  /// The path of a file of the data, or nil (said once on standard output) when it is not there.
  public static func path(_ name: String) -> String? {
    guard let root, FileManager.default.fileExists(atPath: "\(root)/\(name)") else {
      print("skipped: no \(name) (set GRISTMILL_DATA to the folder of the test data)")
      return nil
    }
    return "\(root)/\(name)"
  }
}
