/// What became of all documents: documents = kept + removed for one reason or another.
package struct RemovalCounts: Sendable, Equatable {
  package var documentCount = 0
  package private(set) var removed: [RemovalReason: Removed] = [:]

  /// Documents removed for one reason, and the bytes of their texts.
  package struct Removed: Sendable, Equatable {
    package var documentCount = 0
    package var byteCount = 0

    package init() {}
  }

  package init() {}

  package subscript(reason: RemovalReason) -> Removed {
    get { removed[reason] ?? Removed() }
    set { removed[reason] = newValue }
  }

  /// The counts of two ranges together.
  package static func + (left: RemovalCounts, right: RemovalCounts) -> RemovalCounts {
    var sum = left
    sum.documentCount += right.documentCount
    for (reason, removed) in right.removed {
      sum[reason].documentCount += removed.documentCount
      sum[reason].byteCount += removed.byteCount
    }
    return sum
  }
}
