/// A vocabulary that no text can be encoded with.
package struct VocabularyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package let message: String

  package var description: String { "the vocabulary cannot be used: \(message)" }
}
