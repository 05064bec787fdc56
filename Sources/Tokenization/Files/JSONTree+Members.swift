/// Members that may be left out, but not be of another type.
extension JSONTree {
  /// A member that is true or false; `other` when there is none.
  func flag(_ name: String, default other: Bool) throws(VocabularyError) -> Bool {
    guard let value = self[name] else { return other }
    guard let flag = value.bool else { throw Self.wrong(name, "neither true nor false") }
    return flag
  }

  /// A member that is a string; nil when there is none.
  func text(_ name: String) throws(VocabularyError) -> String? {
    guard let value = self[name] else { return nil }
    guard let text = value.string else { throw Self.wrong(name, "no string") }
    return text
  }

  /// A member that is a list; nil when there is none.
  func list(_ name: String) throws(VocabularyError) -> [JSONTree]? {
    guard let value = self[name] else { return nil }
    guard let list = value.array else { throw Self.wrong(name, "no list") }
    return list
  }

  private static func wrong(_ name: String, _ problem: String) -> VocabularyError {
    VocabularyError(message: "its \"\(name)\" is \(problem)")
  }
}
