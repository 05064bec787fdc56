/// What a cluster task decided.
package struct ClusterCounts: Codable, Sendable, Equatable {
  /// Clusters of two documents or more.
  package var clusterCount = 0
  package var largestClusterDocumentCount = 0
  /// Documents of large sets that were compared with a part of the kept ones (`KeptDocuments`).
  package var partlyComparedDocumentCount = 0

  package init() {}

  /// The counts of two ranges together.
  package static func + (left: ClusterCounts, right: ClusterCounts) -> ClusterCounts {
    var sum = left
    sum.clusterCount += right.clusterCount
    sum.largestClusterDocumentCount = max(
      left.largestClusterDocumentCount, right.largestClusterDocumentCount)
    sum.partlyComparedDocumentCount += right.partlyComparedDocumentCount
    return sum
  }
}
