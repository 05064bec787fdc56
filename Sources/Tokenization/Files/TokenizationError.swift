/// A file of a tokenizer cannot be used as it is.
package struct TokenizationError: Error, Sendable, Equatable, CustomStringConvertible {
  package let path: String
  /// Where in the file, when one place is at fault.
  package let byteOffset: Int?
  /// What is wrong and what would be right.
  package let message: String

  package init(path: String, byteOffset: Int? = nil, message: String) {
    self.path = path
    self.byteOffset = byteOffset
    self.message = message
  }

  package var description: String {
    let place = byteOffset.map { " at byte \($0)" } ?? ""
    return "\(path)\(place): \(message)"
  }
}
