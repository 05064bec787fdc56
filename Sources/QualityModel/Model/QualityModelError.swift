/// A model's folder cannot be read or written.
package struct QualityModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file at fault.
  package let path: String
  /// Where in the file, in bytes; nil when it is the file as a whole.
  package let byteOffset: Int?
  /// Lower case, says what is wrong and what would be right.
  package let message: String

  init(path: String, byteOffset: Int? = nil, message: String) {
    self.path = path
    self.byteOffset = byteOffset
    self.message = message
  }

  package var description: String {
    let place = byteOffset.map { ", byte \($0)" } ?? ""
    return "\(path)\(place): \(message)"
  }
}
