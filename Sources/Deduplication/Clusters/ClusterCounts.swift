/// What became of all documents: documents = kept + removed as exact + removed as near.
package struct ClusterCounts: Sendable, Equatable {
  package var documentCount = 0
  /// Clusters of two documents or more.
  package var clusterCount = 0
  package var exact = Removed()
  package var url = Removed()
  package var near = Removed()

  /// Documents removed for one reason, and the bytes of their texts.
  package struct Removed: Sendable, Equatable {
    package var documentCount = 0
    package var byteCount = 0

    package init() {}
  }

  package init() {}

  package subscript(reason: RemovalReason) -> Removed {
    get {
      switch reason {
      case .exact: exact
      case .url: url
      case .near: near
      }
    }
    set {
      switch reason {
      case .exact: exact = newValue
      case .url: url = newValue
      case .near: near = newValue
      }
    }
  }
}
