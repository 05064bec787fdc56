package import ByteKernels

/// Documents on their way into an order cannot be read or written.
package enum OrderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The operating system refused.
  case file(FileError)
  /// The bytes are not what was written.
  case damaged(path: String, byteOffset: Int, what: String)

  static func wrap<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(OrderError) -> Result {
    do throws(FileError) { return try body() } catch { throw .file(error) }
  }

  package var description: String {
    switch self {
    case .file(let error): error.description
    case .damaged(let path, let byteOffset, let what):
      "\(path): at byte \(byteOffset): \(what); remove this file and run the same command again"
    }
  }
}
