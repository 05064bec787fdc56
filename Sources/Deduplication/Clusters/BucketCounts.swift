/// What a bucket task saw.
package struct BucketCounts: Codable, Sendable, Equatable {
  package var keyCount = 0
  /// Buckets of two documents or more.
  package var bucketCount = 0
  package var largestBucketDocumentCount = 0
  /// Different pairs.
  package var edgeCount = 0

  package init() {}

  /// The counts of two partitions together.
  package static func + (left: BucketCounts, right: BucketCounts) -> BucketCounts {
    var sum = left
    sum.keyCount += right.keyCount
    sum.bucketCount += right.bucketCount
    sum.edgeCount += right.edgeCount
    sum.largestBucketDocumentCount = max(
      left.largestBucketDocumentCount, right.largestBucketDocumentCount)
    return sum
  }
}
