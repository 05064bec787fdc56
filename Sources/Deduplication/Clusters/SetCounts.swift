/// What the set task found.
package struct SetCounts: Codable, Sendable, Equatable {
  /// Sets of two connected documents or more.
  package var setCount = 0
  /// Documents in them.
  package var documentCount = 0
  package var largestSetDocumentCount = 0

  package init() {}
}
