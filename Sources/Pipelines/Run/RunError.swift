/// A run cannot go on, here and now; what is done stays done.
package struct RunError: Error, Sendable, CustomStringConvertible {
  package let path: String
  /// Says what would let the same command go on.
  package let message: String

  package var description: String { "\(path): \(message)" }

  /// A file of this run is not what its manifest says.
  static func damaged(_ path: String) -> RunError {
    RunError(
      path: path,
      message: "damaged since it was written; remove this file and run the same command again")
  }
}
